package dev.threelanes.report.validity;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.threelanes.report.cell.LoadedCell;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Equal on every lane means equal in effect: what each running lane said of its limits,
 * its JVM and its processors agrees with what the others said. The sizes of pools of
 * threads and loops are left out, for they are what the lanes differ in. A reference has
 * the same JVM and tells of no other limits.
 */
final class SameLimits implements RunRule {

	private static final Set<String> THE_DIFFERENCE = Set.of("serverThreads", "eventLoops");

	private static final List<String> OF_THE_JVM = List.of("jdk", "processors", "heapMaxBytes", "gc");

	@Override
	public String id() {
		return "limits";
	}

	@Override
	public String title() {
		return "With settings aligned, every lane has the same effective limits, JVM and processors";
	}

	@Override
	public Map<LoadedCell, List<Reason>> check(List<LoadedCell> cells) {
		Map<LoadedCell, List<Reason>> reasons = new IdentityHashMap<>();
		cells.stream()
			.filter((cell) -> (cell.lane().isPresent() || cell.reference().isPresent())
					&& cell.cell().settings().equals("aligned"))
			.collect(Collectors.groupingBy((cell) -> cell.cell().experiment()))
			.values()
			.forEach((together) -> reasons.putAll(compare(together)));
		return reasons;
	}

	// Which of them is wrong nobody knows, so that the reason speaks against each.
	private Map<LoadedCell, List<Reason>> compare(List<LoadedCell> cells) {
		Map<String, Map<JsonNode, Set<String>>> lanesByValue = new TreeMap<>();
		for (LoadedCell cell : cells) {
			Map<String, JsonNode> limits = limits(cell.cell().identityBefore());
			// Another JVM on purpose is held against what the experiment says of it.
			if (cell.setup().jdk() != null) {
				limits.remove("jdk");
			}
			// So is another collector, which leaves more or less of the same heap to use.
			if (cell.setup().collector().isPresent()) {
				limits.remove("gc");
				limits.remove("heapMaxBytes");
			}
			// What a parameter sets is held against the parameter.
			cell.parameters()
				.values()
				.keySet()
				.forEach((parameter) -> limits.keySet().removeIf((limit) -> ParameterLimits.sets(parameter, limit)));
			limits.forEach((name, value) -> lanesByValue.computeIfAbsent(name, (key) -> new LinkedHashMap<>())
				.computeIfAbsent(value, (key) -> new TreeSet<>())
				.add(cell.cell().lane()));
		}
		List<Reason> differences = new ArrayList<>();
		lanesByValue.forEach((name, values) -> {
			if (values.size() > 1) {
				List<String> texts = new ArrayList<>();
				values.forEach((value, lanes) -> texts.add("%s on %s".formatted(value, String.join(", ", lanes))));
				differences
					.add(new Reason(id(), null, "Lanes differ in %s: %s".formatted(name, String.join("; ", texts))));
			}
		});
		Map<LoadedCell, List<Reason>> reasons = new IdentityHashMap<>();
		if (!differences.isEmpty()) {
			cells.forEach((cell) -> reasons.put(cell, differences));
		}
		return reasons;
	}

	private static Map<String, JsonNode> limits(@Nullable JsonNode identity) {
		Map<String, JsonNode> limits = new LinkedHashMap<>();
		if (identity != null) {
			OF_THE_JVM.stream().filter(identity::hasNonNull).forEach((name) -> limits.put(name, identity.path(name)));
			identity.path("limits").properties().forEach((limit) -> {
				if (!limit.getValue().isNull() && !THE_DIFFERENCE.contains(limit.getKey())) {
					limits.put(limit.getKey(), limit.getValue());
				}
			});
		}
		return limits;
	}

}
