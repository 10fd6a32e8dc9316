package dev.threelanes.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.report.Difference.Change;
import dev.threelanes.report.cell.AtomicFile;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles;
import dev.threelanes.report.page.PlainPage;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import dev.threelanes.report.view.Table.Row;
import dev.threelanes.report.view.Table.Stress;
import org.jspecify.annotations.Nullable;

/**
 * Puts the differences of two runs on a page.
 */
public final class ComparisonReport {

	private static final int CHANGE = 5;

	private ComparisonReport() {
	}

	/**
	 * Writes the page.
	 * @param before the folder of the first run
	 * @param after the folder of the second run
	 * @param differences what lies between them
	 * @param page where it goes
	 * @throws IOException if a manifest cannot be read or the page cannot be written
	 */
	public static void write(Path before, Path after, List<Difference> differences, Path page) throws IOException {
		Manifest first = new RunFiles(before).readManifest();
		Manifest second = new RunFiles(after).readManifest();
		String html = new PlainPage.Comparison(first.runId(), second.runId(), answer(differences),
				conditions(first, second), tables(differences))
			.html();
		AtomicFile.write(page, html.getBytes(StandardCharsets.UTF_8));
	}

	private static String answer(List<Difference> differences) {
		List<String> words = new ArrayList<>(List.of("%s figures got worse".formatted(count(differences, Change.WORSE)),
				"%s got better".formatted(count(differences, Change.BETTER)),
				"%s are equal within noise".formatted(count(differences, Change.EQUAL))));
		long unknown = count(differences, Change.UNKNOWN);
		if (unknown > 0) {
			words.add("%s cannot be told apart from noise, with fewer than three forks".formatted(unknown));
		}
		long invalid = count(differences, Change.INVALID);
		if (invalid > 0) {
			words.add("%s are not valid in one of the runs".formatted(invalid));
		}
		return "Of %s figures: %s.".formatted(differences.size(), String.join(", ", words));
	}

	private static long count(List<Difference> differences, Change change) {
		return differences.stream().filter((difference) -> difference.change() == change).count();
	}

	private static List<Table> tables(List<Difference> differences) {
		Map<String, List<Row>> rows = new LinkedHashMap<>();
		for (Difference difference : differences) {
			rows.computeIfAbsent(difference.experiment(), (experiment) -> new ArrayList<>()).add(row(difference));
		}
		List<Table> tables = new ArrayList<>();
		rows.forEach((experiment, own) -> tables.add(new Table(
				"%s: %s".formatted(experiment, Catalogue.experiment(experiment).question()), List.of("Lane and step",
						"Figure", "Before", "After", "After : before", "After − before, 95 % interval", "Change"),
				true, own)));
		return tables;
	}

	private static Row row(Difference difference) {
		Double before = difference.before();
		Double after = difference.after();
		String ratio = (before != null && after != null && before != 0) ? Format.number(after / before, 3)
				: Format.NONE;
		String interval = (difference.low() != null && difference.high() != null)
				? "%s to %s".formatted(Format.number(difference.low()), Format.number(difference.high())) : Format.NONE;
		List<String> cells = List.of(difference.figure(), Format.number(before), Format.number(after), ratio, interval,
				difference.change().words());
		Stress stress = stress(difference.change());
		return new Row(LaneMark.of(difference.lane(), 0), "%s, %s".formatted(difference.lane(), difference.step()),
				cells, null, null, (stress != null) ? Map.of(CHANGE, stress) : Map.of());
	}

	private static @Nullable Stress stress(Change change) {
		return switch (change) {
			case BETTER -> Stress.BETTER;
			case WORSE -> Stress.WORSE;
			case EQUAL, UNKNOWN, INVALID -> null;
		};
	}

	private static Table conditions(Manifest before, Manifest after) {
		List<Row> rows = new ArrayList<>();
		rows.add(condition("Started", before.startedAt(), after.startedAt()));
		rows.add(condition("Commit", String.valueOf(before.commit()), String.valueOf(after.commit())));
		rows.add(condition("Profile", before.profile(), after.profile()));
		rows.add(condition("Settings", before.settings(), after.settings()));
		rows.add(
				condition("Changed parameters", before.plan().changes().toString(), after.plan().changes().toString()));
		rows.add(condition("Forks", String.valueOf(before.plan().forks()), String.valueOf(after.plan().forks())));
		rows.add(condition("JDK", before.machine().jdk(), after.machine().jdk()));
		rows.add(condition("JVM flags of the lanes", String.join(" ", before.jvmFlags()),
				String.join(" ", after.jvmFlags())));
		rows.add(condition("Operating system", before.machine().os(), after.machine().os()));
		rows.add(condition("Kernel", before.machine().kernel(), after.machine().kernel()));
		rows.add(
				condition("Processors", "%s × %s".formatted(before.machine().processors(), before.machine().cpuModel()),
						"%s × %s".formatted(after.machine().processors(), after.machine().cpuModel())));
		return new Table("What the runs were made on and with; ≠ marks what differs",
				List.of("What", before.runId(), after.runId()), false, rows);
	}

	private static Row condition(String name, String before, String after) {
		Map<Integer, Stress> stressed = before.equals(after) ? Map.of()
				: Map.of(0, Stress.DIFFERENT, 1, Stress.DIFFERENT);
		return new Row(null, name, List.of(before, after), null, null, stressed);
	}

}
