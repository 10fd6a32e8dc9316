package dev.threelanes.report.validity;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.threelanes.report.cell.Cell;
import dev.threelanes.report.cell.LoadedCell;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Equal on every lane means equal in effect: what each running lane said of its limits,
 * its JVM and its processors agrees with what the others said. The sizes of pools of
 * threads and loops are left out, for they are what the lanes differ in.
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
		Map<String, Map<String, Said>> said = new LinkedHashMap<>();
		Map<LoadedCell, List<Reason>> reasons = new IdentityHashMap<>();
		for (LoadedCell loaded : cells) {
			Cell cell = loaded.cell();
			if (loaded.lane().isEmpty() || !cell.settings().equals("aligned")) {
				continue;
			}
			Map<String, Said> known = said.computeIfAbsent(cell.experiment(), (id) -> new LinkedHashMap<>());
			List<Reason> found = new ArrayList<>();
			limits(cell.identityBefore()).forEach((name, value) -> {
				Said first = known.computeIfAbsent(name, (key) -> new Said(cell.lane(), value));
				if (!first.value().equals(value)) {
					found.add(new Reason(id(), null,
							"Its %s is %s, where %s has %s".formatted(name, value, first.lane(), first.value())));
				}
			});
			if (!found.isEmpty()) {
				reasons.put(loaded, found);
			}
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

	/**
	 * What the first lane said.
	 *
	 * @param lane the lane
	 * @param value the value
	 */
	private record Said(String lane, JsonNode value) {
	}

}
