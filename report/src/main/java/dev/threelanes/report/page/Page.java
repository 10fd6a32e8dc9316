package dev.threelanes.report.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Profile;
import dev.threelanes.report.cell.LoadedCell;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.cell.RunFiles.Place;
import dev.threelanes.report.chart.BesideChart;
import dev.threelanes.report.chart.Chart;
import dev.threelanes.report.chart.CpuChart;
import dev.threelanes.report.chart.GcChart;
import dev.threelanes.report.chart.GoodputChart;
import dev.threelanes.report.chart.HeapChart;
import dev.threelanes.report.chart.InFlightChart;
import dev.threelanes.report.chart.LatencyChart;
import dev.threelanes.report.chart.MakespanChart;
import dev.threelanes.report.chart.MedianChart;
import dev.threelanes.report.chart.MemoryChart;
import dev.threelanes.report.chart.Peak;
import dev.threelanes.report.chart.PublishedChart;
import dev.threelanes.report.chart.SpectrumChart;
import dev.threelanes.report.chart.ThreadStatesChart;
import dev.threelanes.report.chart.ThreadsChart;
import dev.threelanes.report.chart.UsersChart;
import dev.threelanes.report.chart.WakeUpChart;
import dev.threelanes.report.page.ExperimentSection.CellLinks;
import dev.threelanes.report.page.ExperimentSection.Link;
import dev.threelanes.report.page.PageModel.LaneSwitch;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.Results;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.view.Format;
import dev.threelanes.report.view.LaneMark;
import dev.threelanes.report.view.Table;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * Puts results on one self-contained page.
 *
 * @param results what was found
 * @param manifest what the run was
 * @param cells its cells
 * @param generatorReports the pages of the load generators' own by the cell, as paths
 * inside its folder
 */
public record Page(Results results, Manifest manifest, List<LoadedCell> cells,
		Map<Place, List<String>> generatorReports) {

	private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(null, ContentType.Html, null,
			"dev.threelanes.report.page.templates");

	/**
	 * Renders the page.
	 * @return HTML
	 */
	public String html() {
		StringOutput output = new StringOutput();
		TEMPLATES.render("index.jte", model(), output);
		return output.toString().strip() + "\n";
	}

	private PageModel model() {
		Environment environment = new Environment(this.manifest, this.cells);
		return new PageModel(this.results.runId(), subtitle(), notices(environment),
				this.results.experiments().stream().map(this::section).toList(), this.results.rules(),
				this.cells.size(), environment.table(), environment.limits(), environment.command(), switches(),
				Inline.style(), Inline.charts(), Inline.script());
	}

	private String subtitle() {
		String day = this.manifest.startedAt().split("T", 2)[0];
		return "Run %s of %s, profile %s, settings %s".formatted(this.results.runId(), day, this.manifest.profile(),
				this.manifest.settings());
	}

	private List<String> notices(Environment environment) {
		List<String> notices = new ArrayList<>();
		if (!this.results.complete()) {
			notices.add("The run is not complete: %s of %s cells were measured.".formatted(this.cells.size(),
					this.manifest.order().size()));
		}
		notices.addAll(this.results.problems());
		this.manifest.measuredAgain()
			.forEach((repeat) -> notices.add("%s was measured again, since attempt %s was spoilt. %s"
				.formatted(repeat.cell(), repeat.attempt(), String.join(" ", repeat.reasons()))));
		String colocation = environment.colocation();
		if (colocation != null) {
			notices.add(colocation);
		}
		return notices;
	}

	private ExperimentSection section(ExperimentResult experiment) {
		List<LoadedCell> own = this.cells.stream()
			.filter((cell) -> cell.experiment().id().equals(experiment.id()))
			.toList();
		Details details = new Details(experiment);
		List<Chart> charts = new ArrayList<>(loadCharts(experiment));
		List<Peak> peaks = Peak.of(experiment, own);
		SpectrumChart.of(experiment, own).ifPresent(charts::add);
		charts.add(InFlightChart.of(experiment, own));
		PublishedChart.of(experiment).ifPresent(charts::add);
		charts.add(ThreadsChart.of(experiment, own));
		charts.add(ThreadStatesChart.of(peaks));
		charts.add(CpuChart.of(experiment, own));
		charts.add(MemoryChart.of(experiment, own));
		charts.add(HeapChart.of(experiment, own));
		charts.add(GcChart.of(experiment, own));
		charts.removeIf(Chart::empty);
		List<LaneResult> measured = experiment.lanes().stream().filter((lane) -> !lane.steps().isEmpty()).toList();
		List<Table> steps = new ArrayList<>(HeldFigures.tables(experiment, whySoMany(experiment)));
		steps.addAll(measured.stream().map(details::steps).toList());
		return new ExperimentSection(experiment, reasons(experiment), Summary.of(experiment), charts,
				experiment.prediction().stream().map(details::checks).toList(), steps, details.ratios(),
				ThreadStory.of(peaks), links(own), files(own), ColdStartTable.of(experiment));
	}

	// What a reader may switch off in all charts at once: with several experiments what
	// takes part in more than one, since the others' own legends do for the rest.
	private List<LaneSwitch> switches() {
		Map<String, LaneSwitch> switches = new LinkedHashMap<>();
		Map<String, Integer> times = new HashMap<>();
		for (ExperimentResult experiment : this.results.experiments()) {
			for (LaneResult lane : experiment.lanes()) {
				times.merge(lane.lane(), 1, Integer::sum);
				switches.putIfAbsent(lane.lane(), new LaneSwitch(lane.lane(), lane.title(),
						LaneMark.of(lane.lane(), experiment.lanes().indexOf(lane))));
			}
		}
		boolean several = this.results.experiments().size() > 1;
		return switches.values().stream().filter((lane) -> !several || times.getOrDefault(lane.lane(), 0) > 1).toList();
	}

	// Fewer than the catalogue asks for, where a process may not open as many files.
	private String whySoMany(ExperimentResult experiment) {
		Integer asked = Catalogue.experiment(experiment.id())
			.parameters(Profile.of(this.manifest.profile()), this.manifest.plan().changes())
			.values()
			.get(Parameter.REQUESTS);
		int most = experiment.lanes()
			.stream()
			.flatMap((lane) -> lane.steps().stream())
			.map(StepResult::users)
			.filter(Objects::nonNull)
			.mapToInt(Integer::intValue)
			.max()
			.orElse(0);
		Long limit = this.manifest.machine().descriptorLimit();
		return (asked != null && limit != null && most < asked)
				? ": %s at most, not %s, for a process may open %s files here".formatted(
						Format.number((double) most, 0), Format.number(asked.doubleValue(), 0),
						Format.number(limit.doubleValue(), 0))
				: "";
	}

	private static List<Chart> loadCharts(ExperimentResult experiment) {
		if (experiment.lanes()
			.stream()
			.flatMap((lane) -> lane.steps().stream())
			.anyMatch((step) -> step.wakeUps() != null)) {
			return List.of(WakeUpChart.of(experiment));
		}
		if (experiment.mixed()) {
			return List.of(BesideChart.of(experiment));
		}
		if (!experiment.byRate()) {
			boolean bursts = experiment.lanes()
				.stream()
				.flatMap((lane) -> lane.steps().stream())
				.anyMatch((step) -> step.makespanMs() != null);
			return List.of(bursts ? MakespanChart.of(experiment) : UsersChart.of(experiment));
		}
		return experiment.sameLoadThroughout() ? List.of(MedianChart.of(experiment))
				: List.of(LatencyChart.of(experiment), GoodputChart.of(experiment));
	}

	private static List<String> reasons(ExperimentResult experiment) {
		List<String> reasons = new ArrayList<>();
		for (LaneResult lane : experiment.lanes()) {
			lane.reasons().forEach((reason) -> reasons.add("%s: %s".formatted(lane.title(), reason)));
			Map<String, List<String>> steps = new LinkedHashMap<>();
			for (StepResult step : lane.steps()) {
				step.reasons()
					.forEach((reason) -> steps.computeIfAbsent(reason, (text) -> new ArrayList<>()).add(step.name()));
			}
			steps.forEach((reason, names) -> reasons.add("%s at %s: %s".formatted(lane.title(),
					(names.size() == lane.steps().size()) ? "every step" : String.join(", ", names), reason)));
		}
		return reasons;
	}

	private List<Link> links(List<LoadedCell> own) {
		List<Link> links = new ArrayList<>();
		for (LoadedCell cell : own) {
			Place place = new Place(cell.cell().experiment(), cell.cell().lane(), cell.cell().fork());
			List<String> pages = this.generatorReports.getOrDefault(place, List.of());
			for (int injector = 0; injector < pages.size(); injector++) {
				links.add(new Link(
						"%s, fork %s%s".formatted(place.lane(), place.fork(),
								(pages.size() > 1) ? ", injector " + injector : ""),
						"cells/%s/%s/%s/%s".formatted(encoded(place.experiment()), encoded(place.lane()), place.fork(),
								pages.get(injector))));
			}
		}
		return links;
	}

	private static List<CellLinks> files(List<LoadedCell> own) {
		List<CellLinks> cells = new ArrayList<>();
		for (LoadedCell cell : own) {
			String folder = "cells/%s/%s/%s/".formatted(encoded(cell.cell().experiment()), encoded(cell.cell().lane()),
					cell.cell().fork());
			List<Link> links = new ArrayList<>(List.of(new Link("cell.json", folder + "cell.json")));
			cell.cell()
				.files()
				.keySet()
				.forEach((file) -> links.add(new Link(file, folder + encoded(file).replace("%2F", "/"))));
			cells.add(new CellLinks("%s, fork %s".formatted(cell.cell().lane(), cell.cell().fork()), links));
		}
		return cells;
	}

	private static String encoded(String segment) {
		return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
