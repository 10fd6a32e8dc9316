package dev.threelanes.report.validity;

import java.util.Locale;
import java.util.Optional;

import dev.threelanes.experiments.Outage;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.LoadedStep;
import org.HdrHistogram.Histogram;

/**
 * Below the cap a lane has no reason to fail, and a wrong answer is never one.
 */
final class AnswersCorrect extends StepRule {

	private static final double ALLOWED = 0.001;

	/** The generator's class for an answer with status 200 and another body. */
	private static final String WRONG_ANSWER = "wrong-answer";

	@Override
	public String id() {
		return "errors";
	}

	@Override
	public String title() {
		return "At most 0.1 % of the requests fail up to the predicted cap, and no answer is wrong";
	}

	@Override
	Optional<Closest> closest(LoadedCell cell, LoadedStep step) {
		if (step.step().rps() > cell.capRps() * (1 + 1e-9) || cell.outage(step.step().name()).isPresent()
				|| step.step().held() || step.step().waiting()) {
			return Optional.empty();
		}
		double share = step.record().failed() / (double) Math.max(1, step.record().started());
		return Optional.of(new Closest(step.step().name(), share / ALLOWED,
				String.format(Locale.ROOT, "%.2f %% of the requests failed up to the cap", 100 * share)));
	}

	@Override
	Optional<String> unchecked(LoadedCell cell, LoadedStep step) {
		if (step.step().held() || step.step().waiting()) {
			return Optional.of("how many of those who are held fail is what is asked, and predicted");
		}
		return cell.outage(step.step().name())
			.map((outage) -> "failures after the downstream was told to fail are what is measured");
	}

	private static Optional<String> beforeTheOutage(LoadedStep step, Outage outage) {
		long arrived = step.timeline().arrived(0, outage.begin().toMillis());
		long failed = arrived - step.timeline().answered(0, outage.begin().toMillis());
		double share = failed / (double) Math.max(1, arrived);
		return (share <= ALLOWED) ? Optional.empty()
				: Optional.of(String.format(Locale.ROOT,
						"%.2f %% of the requests failed before the downstream was told to fail; 0.1 %% are allowed",
						100 * share));
	}

	@Override
	Optional<String> problem(LoadedCell cell, LoadedStep step) {
		Histogram wrong = step.failures().get(WRONG_ANSWER);
		if (wrong != null && wrong.getTotalCount() > 0) {
			return Optional.of("%s answers were wrong".formatted(wrong.getTotalCount()));
		}
		Optional<Outage> outage = cell.outage(step.step().name());
		if (outage.isPresent()) {
			return beforeTheOutage(step, outage.get());
		}
		if (step.step().held() || step.step().waiting()) {
			return Optional.empty();
		}
		// The cap itself is a multiple of exactly 1, give or take a rounding.
		boolean belowCap = step.step().mixed() ? !cell.queues(step.step())
				: step.step().rps() <= cell.capRps() * (1 + 1e-9);
		double share = step.record().failed() / (double) Math.max(1, step.record().started());
		if (!belowCap || share <= ALLOWED) {
			return Optional.empty();
		}
		return Optional.of(String.format(Locale.ROOT,
				"%.2f %% of the requests failed; 0.1 %% are allowed up to the cap", 100 * share));
	}

}
