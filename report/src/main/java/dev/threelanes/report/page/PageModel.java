package dev.threelanes.report.page;

import java.util.List;

import dev.threelanes.report.results.RuleResult;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;

/**
 * Everything that stands on the page.
 *
 * @param runId the run's name
 * @param subtitle when, where and how the run was made, in a line
 * @param notices what a reader must know before reading on
 * @param experiments the experiments
 * @param rules the rules with what broke them
 * @param cells how many cells were checked
 * @param environment the machine and what ran on it
 * @param limits the effective limits of each lane
 * @param command the command that makes such a run again
 * @param switches what a reader may switch off in all charts at once
 * @param style the style sheet
 * @param charts the library that draws the charts
 * @param script the page's own script
 */
public record PageModel(String runId, String subtitle, List<String> notices, List<ExperimentSection> experiments,
		List<RuleResult> rules, int cells, Table environment, Table limits, String command, List<LaneSwitch> switches,
		Inline style, Inline charts, Inline script) {

	public PageModel {
		notices = List.copyOf(notices);
		experiments = List.copyOf(experiments);
		rules = List.copyOf(rules);
		switches = List.copyOf(switches);
	}

	/**
	 * What the browser may load and run: nothing but what stands in the page.
	 * @return the content security policy
	 */
	public String policy() {
		return "default-src 'none'; script-src %s %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
			.formatted(this.charts.source(), this.script.source(), this.style.source());
	}

	/**
	 * A switch for a lane.
	 *
	 * @param lane the lane's name
	 * @param title its name for people
	 * @param mark its mark
	 */
	public record LaneSwitch(String lane, String title, LaneMark mark) {
	}

}
