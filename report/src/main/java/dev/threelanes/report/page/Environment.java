package dev.threelanes.report.page;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Machine;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import dev.threelanes.report.view.Table.Stress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a run was made on and with.
 *
 * @param manifest what the run was
 * @param cells its cells
 */
record Environment(Manifest manifest, List<LoadedCell> cells) {

	/** What differs from start to start and limits nothing. */
	private static final Set<String> NO_LIMITS = Set.of("lane", "pid", "thread");

	/** Options that name a folder, which another run must not share. */
	private static final Set<String> FOLDERS = Set.of("--out", "--resume");

	@Nullable String colocation() {
		int processors = this.manifest.machine().processors();
		return this.manifest.pinned().isEmpty()
				? "Generator, lane and downstream shared %s %s. Co-located: compare lanes, do not quote figures."
					.formatted(processors, (processors == 1) ? "processor" : "processors")
				: null;
	}

	Table table() {
		Machine machine = this.manifest.machine();
		List<Row> rows = new ArrayList<>();
		rows.add(row("Run", this.manifest.runId()));
		rows.add(row("Started", this.manifest.startedAt()));
		rows.add(row("Profile and settings", "%s, %s".formatted(this.manifest.profile(), this.manifest.settings())));
		if (this.manifest.on() != null) {
			rows.add(row("Measured on", place(this.manifest.on())));
		}
		rows.add(row("Commit", (this.manifest.commit() != null) ? this.manifest.commit() : "not known"));
		rows.add(row("Seed", Long.toString(this.manifest.seed())));
		rows.add(row("Order of the cells", String.join(", ", this.manifest.order())));
		rows.add(row("Operating system", machine.os()));
		rows.add(row("Kernel", machine.kernel()));
		rows.add(row("Processors", "%s × %s".formatted(machine.processors(), machine.cpuModel())));
		rows.add(row("Processors of their own", this.manifest.pinned().isEmpty() ? "none: all are shared"
				: this.manifest.pinned().toString().replaceAll("[{}]", "").replace("=", " ")));
		rows.add(row("Memory", Format.mebibytes((double) machine.memoryBytes()) + " MiB"));
		Long descriptors = machine.descriptorLimit();
		rows.add(row("Open files a process",
				(descriptors != null) ? Format.number(descriptors.doubleValue(), 0) : "no limit"));
		rows.add(row("JDK", machine.jdk()));
		rows.add(row("Generator", (this.manifest.generator() != null) ? this.manifest.generator()
				: "not calibrated on this machine: ./lanes doctor does it"));
		Integer injectors = this.manifest.plan().injectors();
		if (injectors != null) {
			rows.add(row("Injectors", "%d generators, each with 1/%d of every load".formatted(injectors, injectors)));
		}
		if (this.manifest.database() != null) {
			rows.add(row("Database of the reader's own", this.manifest.database()));
		}
		rows.add(row("JVM flags of the lanes", String.join(" ", this.manifest.jvmFlags())));
		return new Table("What the run was made on and with", List.of("What", "Value"), false, rows);
	}

	// What each lane says of itself, name by name; what differs comes first and stands
	// out.
	Table limits() {
		Map<String, JsonNode> identities = new LinkedHashMap<>(this.manifest.lanes());
		for (LoadedCell cell : this.cells) {
			JsonNode identity = cell.cell().identityBefore();
			if (identity != null) {
				identities.putIfAbsent(cell.cell().lane(), identity);
			}
		}
		Set<String> lanes = new TreeSet<>(identities.keySet());
		Map<String, Map<String, String>> values = new LinkedHashMap<>();
		new TreeMap<>(identities).forEach((lane, identity) -> collect(values, lane, "", identity));
		List<Row> different = new ArrayList<>();
		List<Row> same = new ArrayList<>();
		values.forEach((name, byLane) -> {
			List<String> cells = lanes.stream().map((lane) -> byLane.getOrDefault(lane, Format.NONE)).toList();
			Map<Integer, Stress> stressed = new TreeMap<>();
			if (cells.stream().distinct().count() > 1) {
				IntStream.range(0, cells.size()).forEach((place) -> stressed.put(place, Stress.DIFFERENT));
			}
			(stressed.isEmpty() ? same : different).add(new Row(null, name, cells, null, null, stressed));
		});
		List<Row> rows = new ArrayList<>(different);
		rows.addAll(same);
		List<String> heads = new ArrayList<>(List.of("Property"));
		heads.addAll(lanes);
		return new Table("What each lane said of itself (/api/whoami); ≠ marks what differs between lanes", heads,
				false, rows);
	}

	// The command that makes such a run again, in a folder of its own.
	String command() {
		StringBuilder command = new StringBuilder("./lanes");
		boolean seeded = false;
		Iterator<String> words = this.manifest.args().iterator();
		while (words.hasNext()) {
			String word = words.next();
			String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
			seeded |= name.equals("--seed");
			if (FOLDERS.contains(name)) {
				if (!word.contains("=") && words.hasNext()) {
					words.next();
				}
				continue;
			}
			command.append(' ').append(quoted(word));
		}
		if (!seeded) {
			command.append(" --seed ").append(this.manifest.seed());
		}
		return command.toString();
	}

	private static String place(String on) {
		return switch (on) {
			case "compose" -> "compose: a fresh container of the lane for each cell, no other lane beside it";
			case "standing" ->
				"standing: lanes that stood side by side and were not started anew; process figures are what each lane says of itself, and resident memory is in none of them";
			default -> on;
		};
	}

	private static Row row(String name, String value) {
		return Row.of(name, List.of(value));
	}

	private static void collect(Map<String, Map<String, String>> values, String lane, String prefix, JsonNode node) {
		for (Map.Entry<String, JsonNode> property : node.properties()) {
			JsonNode value = property.getValue();
			if (value.isObject()) {
				collect(values, lane, property.getKey() + ".", value);
			}
			else if (!NO_LIMITS.contains(prefix + property.getKey())) {
				values.computeIfAbsent(prefix + property.getKey(), (name) -> new LinkedHashMap<>())
					.put(lane, text(value));
			}
		}
	}

	private static String text(JsonNode value) {
		if (value.isArray()) {
			List<String> elements = new ArrayList<>();
			value.forEach((element) -> elements.add(element.asString("")));
			return String.join(", ", elements);
		}
		return value.isIntegralNumber() ? Format.number(value.doubleValue(), 0) : value.asString("");
	}

	private static String quoted(String word) {
		return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
	}

}
