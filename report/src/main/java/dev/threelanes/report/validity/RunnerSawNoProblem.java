package dev.threelanes.report.validity;

import java.util.List;

import dev.threelanes.report.cell.LoadedCell;

/**
 * The runner has seen nothing go wrong.
 */
final class RunnerSawNoProblem implements Rule {

	@Override
	public String id() {
		return "runner";
	}

	@Override
	public String title() {
		return "The runner saw nothing go wrong";
	}

	@Override
	public List<Reason> check(LoadedCell cell) {
		return cell.cell().problems().stream().map((problem) -> new Reason(id(), null, problem)).toList();
	}

}
