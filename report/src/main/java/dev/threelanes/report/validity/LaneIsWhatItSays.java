package dev.threelanes.report.validity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

import dev.threelanes.experiments.Collector;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Reference;
import dev.threelanes.experiments.Settings;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Metric;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The lane is the one that it is taken for: name, server, kind of threads, settings, and
 * the limits that the prediction rests on, such as the size of its pool of threads. A
 * reference has only a name, and a reader's own target is taken for nothing.
 */
final class LaneIsWhatItSays implements Rule {

	@Override
	public String id() {
		return "identity";
	}

	@Override
	public String title() {
		return "The lane is what it says: name, server, threads, settings and limits, before and after the load";
	}

	@Override
	public List<Reason> check(LoadedCell cell) {
		Optional<Lane> lane = cell.lane();
		if (lane.isEmpty()) {
			return cell.reference().map((reference) -> checkReference(reference, cell)).orElse(List.of());
		}
		List<Reason> reasons = new ArrayList<>();
		Settings declared = cell.setup().settings();
		if (declared != null && !declared.id().equals(cell.cell().settings())) {
			reasons.add(new Reason(id(), null, "It was started with settings %s, and the experiment wants %s of it"
				.formatted(cell.cell().settings(), declared.id())));
		}
		JsonNode before = cell.cell().identityBefore();
		if (before == null) {
			reasons.add(new Reason(id(), null, "The lane did not say what it is before the load"));
		}
		check(reasons, before, "before", lane.get(), cell);
		check(reasons, cell.cell().identityAfter(), "after", lane.get(), cell);
		carriers(cell).ifPresent((carriers) -> intendedCarriers(cell).filter((found) -> found != carriers)
			.findFirst()
			.ifPresent((found) -> reasons.add(new Reason(id(), null, String.format(Locale.ROOT,
					"The JVM means to have %.0f carriers of virtual threads, not %d", found, carriers)))));
		return reasons;
	}

	private List<Reason> checkReference(Reference reference, LoadedCell cell) {
		List<Reason> reasons = new ArrayList<>();
		JsonNode before = cell.cell().identityBefore();
		if (before == null) {
			reasons.add(new Reason(id(), null, "The reference did not say what it is before the load"));
		}
		else {
			compare(reasons, before, "before", "reference", reference.id());
		}
		return reasons;
	}

	@Override
	public List<Reason> unchecked(LoadedCell cell) {
		return (carriers(cell).isPresent() && intendedCarriers(cell).findAny().isEmpty())
				? List.of(new Reason(id(), null, "nobody says how many carriers of virtual threads there are"))
				: List.of();
	}

	// L of the lane with virtual threads, which whoami does not tell.
	private static OptionalInt carriers(LoadedCell cell) {
		Integer loops = cell.parameters().values().get(Parameter.LOOPS);
		boolean felt = cell.lane().map(Lane::virtual).orElse(false) && cell.cell().settings().equals("aligned");
		return (loops != null && felt) ? OptionalInt.of(loops) : OptionalInt.empty();
	}

	private static DoubleStream intendedCarriers(LoadedCell cell) {
		return cell.samples().series(Metric.VIRTUAL_PARALLELISM).points().stream().mapToDouble(Map.Entry::getValue);
	}

	private void check(List<Reason> reasons, @Nullable JsonNode identity, String when, Lane lane, LoadedCell cell) {
		if (identity != null) {
			compare(reasons, identity, when, "lane", lane.id());
			compare(reasons, identity, when, "server", lane.server());
			compare(reasons, identity, when, "virtual", Boolean.toString(lane.virtual()));
			compare(reasons, identity, when, "settings", cell.cell().settings());
			Integer jdk = cell.setup().jdk();
			if (jdk != null) {
				compareJdk(reasons, identity, when, jdk);
			}
			cell.setup().collector().ifPresent((collector) -> compareCollector(reasons, identity, when, collector));
			JsonNode limits = identity.path("limits");
			cell.parameters()
				.values()
				.forEach((parameter, value) -> ParameterLimits.limit(parameter, lane)
					.filter((limit) -> stated(limit, limits, cell))
					.ifPresent((limit) -> compare(reasons, limits, when, limit, value.toString())));
		}
	}

	// With Spring Boot's defaults pools have the defaults' sizes, of which a lane tells
	// not
	// all; an experiment that is about them says what they are.
	private static boolean stated(String limit, JsonNode limits, LoadedCell cell) {
		return cell.cell().settings().equals(Settings.ALIGNED.id())
				|| (cell.setup().settings() == Settings.STOCK && limits.hasNonNull(limit));
	}

	private void compareJdk(List<Reason> reasons, JsonNode identity, String when, int feature) {
		String found = identity.path("jdk").asString("nothing");
		if (!found.matches(feature + "\\b.*")) {
			reasons.add(new Reason(id(), null, "Asked for 'jdk' %s the load, the lane says %s, and JDK %d was asked for"
				.formatted(when, found, feature)));
		}
	}

	private void compareCollector(List<Reason> reasons, JsonNode identity, String when, Collector collector) {
		List<String> beans = identity.path("gc").valueStream().map(JsonNode::asString).toList();
		if (beans.isEmpty() || !beans.stream().allMatch(collector::hasBean)) {
			reasons.add(new Reason(id(), null, "Asked for 'gc' %s the load, the lane says %s, and %s was asked for"
				.formatted(when, beans, collector)));
		}
	}

	private void compare(List<Reason> reasons, JsonNode identity, String when, String field, String expected) {
		String found = identity.path(field).asString("nothing");
		if (!found.equals(expected)) {
			reasons.add(new Reason(id(), null,
					"Asked for '%s' %s the load, the lane says %s, not %s".formatted(field, when, found, expected)));
		}
	}

}
