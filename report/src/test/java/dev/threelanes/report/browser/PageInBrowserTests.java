package dev.threelanes.report.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.threelanes.experiments.Lane;
import dev.threelanes.report.Report;
import dev.threelanes.report.cell.Json;
import dev.threelanes.report.results.LaneResult;
import dev.threelanes.report.results.Results;
import dev.threelanes.report.results.StepResult;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

import static org.assertj.core.api.Assertions.assertThat;

class PageInBrowserTests {

	private static final String HOSTILE = "<img src=x onerror=alert(1)>";

	private static final String CHARTS_FOLLOWED_THE_WINDOW = "() => [...document.querySelectorAll('.chart')]"
			+ ".every((element) => echarts.getInstanceByDom(element).getWidth() === element.clientWidth)";

	private static final String ROOM_BELOW_LEGENDS = "() => [...document.querySelectorAll('.chart')]"
			+ ".map((element) => echarts.getInstanceByDom(element)).map((chart) => {"
			+ " const model = chart.getModel(); const legend = chart.getViewOfComponentModel(model.getComponent('legend'));"
			+ " const bounds = legend.group.getBoundingRect();"
			+ " return model.getComponent('grid').coordinateSystem.getRect().y - (legend.group.y + bounds.y + bounds.height);"
			+ " })";

	private static @Nullable Chromium chromium;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private static Path folder;

	@SuppressWarnings("NullAway.Init")
	private static Path file;

	@SuppressWarnings("NullAway.Init")
	private static Results results;

	@BeforeAll
	static void makeThePage() throws IOException {
		chromium = Chromium.start();
		SimulatedRun run = SimulatedRun.healthy(folder, "slow-call", 1);
		for (Lane lane : Lane.values()) {
			run.add(SimulatedCell.of("workers", lane, 1));
		}
		run.add(SimulatedCell.target("slow-call", HOSTILE, Lane.LOOM).problem("</script><script>alert(2)</script>"));
		results = Report.write(run.write());
		file = folder.resolve("index.html");
	}

	@AfterAll
	static void stop() {
		if (chromium != null) {
			chromium.close();
		}
	}

	private static OpenPage open(int width, ColorScheme scheme) {
		if (chromium == null) {
			throw new IllegalStateException("There is no browser");
		}
		return OpenPage.of(chromium.browser(), file, width, scheme);
	}

	private static OpenPage open() {
		return open(1280, ColorScheme.LIGHT);
	}

	@Test
	void opensFromAFileWithTheNetworkOffAndWithoutAProblem() {
		try (OpenPage open = open()) {
			open.readToTheEnd();
			assertThat(open.page().title()).isEqualTo("Three Lanes: simulated");
			assertThat(open.problems()).isEmpty();
		}
	}

	@Test
	void chartsDrawTheDataOfTheResults() throws IOException {
		try (OpenPage open = open()) {
			open.readToTheEnd();
			Map<String, List<List<Double>>> goodput = drawn(open.page(), "Goodput against offered load");
			Map<String, List<List<Double>>> latency = drawn(open.page(), "Latency against offered load");
			for (LaneResult lane : lanes("slow-call")) {
				assertThat(goodput.get(lane.title())).as(lane.title())
					.containsExactlyElementsOf(points(lane, StepResult::goodputRps));
				assertThat(latency.get(lane.title() + " p99")).as(lane.title())
					.containsExactlyElementsOf(
							points(lane, (step) -> (step.latencyMs() != null) ? step.latencyMs().p99() : null));
			}
			Map<String, List<List<Double>>> makespan = drawn(open.page(), "Time to the last answer");
			for (LaneResult lane : lanes("workers")) {
				// Bars have places, which count the numbers of requests at once.
				assertThat(makespan.get(lane.title())).extracting(List::getLast)
					.containsExactlyElementsOf(
							points(lane, StepResult::makespanMs).stream().map(List::getLast).toList());
			}
		}
	}

	@Test
	void everyChartIsDrawn() {
		try (OpenPage open = open()) {
			open.readToTheEnd();
			assertThat(open.page().locator(".chart").count()).isGreaterThan(12);
			List<?> colors = (List<?>) open.page().evaluate("""
					() => [...document.querySelectorAll('.chart canvas')].map((canvas) => {
						const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
						const colors = new Set();
						for (let i = 0; i < pixels.length; i += 4) {
							if (pixels[i + 3] === 255) {
								colors.add(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);
							}
						}
						return colors.size;
					})""");
			assertThat(colors).allSatisfy((count) -> assertThat(((Number) count).intValue()).isGreaterThan(3));
		}
	}

	@Test
	void aLaneIsSwitchedOffInAllChartsAtOnceAndComesBack() {
		try (OpenPage open = open()) {
			open.readToTheEnd();
			Locator mvc = open.page().locator(".switches button[data-lane=mvc]");
			List<String> titles = withLane(open.page(), "mvc");
			List<String> before = images(open, titles);
			assertThat(titles).hasSizeGreaterThan(12);
			mvc.click();
			assertThat(mvc.getAttribute("aria-pressed")).isEqualTo("false");
			List<String> without = images(open, titles);
			for (int i = 0; i < titles.size(); i++) {
				assertThat(without.get(i)).as(titles.get(i)).isNotEqualTo(before.get(i));
			}
			mvc.click();
			assertThat(images(open, titles)).isEqualTo(before);
		}
	}

	@Test
	void aLaneThatWasSwitchedOffBeforeAChartIsDrawnIsOffInItToo() {
		try (OpenPage open = open()) {
			open.page().locator(".switches button[data-lane=mvc]").click();
			open.readToTheEnd();
			List<?> selected = (List<?>) open.page()
				.evaluate("() => [...document.querySelectorAll('.chart')].flatMap((element) => {"
						+ " const legend = echarts.getInstanceByDom(element).getOption().legend[0];"
						+ " return JSON.parse(element.dataset.option).series.filter((series) => series.lane === 'mvc')"
						+ ".map((series) => legend.selected[series.name]); })");
			assertThat(selected).isNotEmpty().allMatch(Boolean.FALSE::equals);
		}
	}

	@Test
	void aLaneCanBeSwitchedOffWithTheKeyboardAlone() {
		try (OpenPage open = open()) {
			Locator loom = open.page().locator(".switches button[data-lane=loom]");
			for (int i = 0; i < 60 && !isFocused(loom); i++) {
				open.page().keyboard().press("Tab");
			}
			assertThat(isFocused(loom)).isTrue();
			open.page().keyboard().press("Space");
			assertThat(loom.getAttribute("aria-pressed")).isEqualTo("false");
		}
	}

	@Test
	void tablesShowTheFiguresOfTheResults() {
		try (OpenPage open = open()) {
			for (LaneResult lane : lanes("slow-call")) {
				Locator rows = open.page()
					.locator("section#slow-call table")
					.filter(new Locator.FilterOptions().setHasText(lane.title() + ": every step"))
					.locator("tbody tr");
				assertThat(rows.count()).isEqualTo(lane.steps().size());
				for (int i = 0; i < rows.count(); i++) {
					StepResult step = lane.steps().get(i);
					List<String> cells = rows.nth(i).locator("td").allTextContents();
					assertThat(rows.nth(i).locator("th").textContent().strip()).isEqualTo(step.name());
					assertThat(step.latencyMs()).isNotNull();
					assertThat(List.of(number(cells.get(0)), number(cells.get(2)), number(cells.get(7))))
						.usingElementComparator((left, right) -> (Math.abs(left - right) <= 0.5) ? 0 : 1)
						.containsExactly(step.load(), figure(step.goodputRps()),
								figure((step.latencyMs() != null) ? step.latencyMs().p99() : null));
				}
			}
		}
	}

	@Test
	void theDataOfAChartIsSavedAsItsTableShowsIt() throws IOException {
		try (OpenPage open = open()) {
			Locator figure = figure(open.page(), "Goodput against offered load");
			Download download = open.page().waitForDownload(() -> figure.getByText("Save CSV").click());
			assertThat(download.suggestedFilename()).isEqualTo("slow-call-goodput-against-offered-load.csv");
			List<String> lines = Files.readString(download.path()).lines().toList();
			Locator rows = figure.locator("tbody tr");
			assertThat(lines).hasSize(rows.count() + 1);
			assertThat(lines.getFirst()).startsWith("Offered load (1/s),MVC (1/s),MVC predicted (1/s),");
			List<String> last = Arrays.asList(lines.getLast().split(","));
			assertThat(last.subList(1, 3)).isEqualTo(rows.last().locator("td").allTextContents().subList(0, 2));
		}
	}

	@Test
	void aChartIsSavedAsAnImage() throws IOException {
		try (OpenPage open = open()) {
			// The last one was not drawn yet.
			Locator figure = open.page().locator("figure").last();
			Download download = open.page()
				.waitForDownload(() -> figure.getByText("Save image").dispatchEvent("click"));
			assertThat(download.suggestedFilename()).endsWith(".png");
			assertThat(Files.readAllBytes(download.path())).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(5000);
		}
	}

	@Test
	void whatComesFromOutsideStaysText() {
		try (OpenPage open = open()) {
			open.readToTheEnd();
			assertThat(open.page().locator("img").count()).isZero();
			assertThat(open.page().locator("body script").count()).isEqualTo(2);
			assertThat(open.page().locator(".reasons").first().textContent()).contains(HOSTILE,
					"</script><script>alert(2)</script>");
			assertThat(open.problems()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(value = ColorScheme.class, names = { "LIGHT", "DARK" })
	void anAccessibilityCheckerFindsNothing(ColorScheme scheme) {
		try (OpenPage open = open(1280, scheme)) {
			// Each of hundreds of rows of the same table would be looked at.
			open.page()
				.evaluate("() => document.querySelectorAll('details').forEach((one) => "
						+ "one.open = one.querySelectorAll('tr').length < 50)");
			List<Rule> violations = new AxeBuilder(open.page()).analyze().getViolations();
			assertThat(violations)
				.extracting((rule) -> "%s: %s".formatted(rule.getId(), rule.getNodes().getFirst().getHtml()))
				.isEmpty();
			assertThat(open.page().locator("header, main, footer").count()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1280, LIGHT", "1280, DARK", "390, LIGHT", "390, DARK" })
	void nothingReachesOutOfTheWindow(int width, ColorScheme scheme) {
		try (OpenPage open = open(width, scheme)) {
			open.readToTheEnd();
			assertThat(((Number) open.page().evaluate("() => document.documentElement.scrollWidth")).intValue())
				.isLessThanOrEqualTo(width);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	@SuppressWarnings("unchecked")
	void noLegendReachesIntoItsChart(int width) {
		try (OpenPage open = open(width, ColorScheme.LIGHT)) {
			open.readToTheEnd();
			// Turned on its side and back, as a telephone is.
			for (int now : List.of(width, 700, width)) {
				open.page().setViewportSize(now, 800);
				open.page().waitForFunction(CHARTS_FOLLOWED_THE_WINDOW);
				List<Number> rooms = (List<Number>) open.page().evaluate(ROOM_BELOW_LEGENDS);
				// For the name of the axis, which stands between them.
				assertThat(rooms).hasSizeGreaterThan(4)
					.allSatisfy((room) -> assertThat(room.doubleValue()).isGreaterThanOrEqualTo(24));
			}
		}
	}

	@Test
	void chartsFollowTheThemeOfTheReader() {
		try (OpenPage open = open()) {
			open.readToTheEnd();
			List<String> light = open.images();
			open.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
			open.page().waitForTimeout(500);
			assertThat(open.images()).doesNotContainAnyElementsOf(light);
		}
	}

	@Test
	void thePointerReadsAllLanesAtOnce() {
		try (OpenPage open = open()) {
			open.readToTheEnd();
			Locator chart = figure(open.page(), "Goodput against offered load").locator(".chart");
			List<String> before = texts(chart);
			chart.hover();
			List<LaneResult> lanes = lanes("slow-call");
			assertThat(lanes).hasSize(3);
			for (LaneResult lane : lanes) {
				// Once in the legend, and once more under the pointer.
				assertThat(Collections.frequency(texts(chart), lane.title()))
					.isEqualTo(Collections.frequency(before, lane.title()) + 1);
			}
		}
	}

	@Test
	void whoPrintsGetsEveryChartWithoutHavingSeenIt() {
		try (OpenPage open = open()) {
			assertThat(open.page().locator(".chart canvas").count()).isLessThan(open.page().locator(".chart").count());
			assertThat(open.page().pdf()).hasSizeGreaterThan(100_000);
			assertThat(open.page().locator(".chart canvas").count()).isEqualTo(open.page().locator(".chart").count());
			open.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
			assertThat(open.page().locator(".switches").first().isVisible()).isFalse();
			assertThat(open.problems()).isEmpty();
		}
	}

	// What stands in the canvas of a chart.
	@SuppressWarnings("unchecked")
	private static List<String> texts(Locator chart) {
		return (List<String>) chart.evaluate("(element) => echarts.getInstanceByDom(element).getZr().storage"
				+ ".getDisplayList(true).flatMap((shape) => (shape.style?.text) ? [String(shape.style.text)] : [])");
	}

	private static List<LaneResult> lanes(String experiment) {
		return results.experiments()
			.stream()
			.filter((result) -> result.id().equals(experiment))
			.flatMap((result) -> result.lanes().stream())
			.filter((lane) -> lane.steps().stream().allMatch(StepResult::valid))
			.toList();
	}

	private static List<List<Double>> points(LaneResult lane, Function<StepResult, @Nullable Double> figure) {
		List<List<Double>> points = new ArrayList<>();
		lane.steps().forEach((step) -> points.add(List.of(step.load(), figure(figure.apply(step)))));
		return points;
	}

	private static double figure(@Nullable Double value) {
		assertThat(value).isNotNull();
		return (value != null) ? value : Double.NaN;
	}

	private static double number(String text) {
		return Double.parseDouble(text.replaceAll("[^0-9.]", ""));
	}

	private static Locator figure(Page page, String title) {
		return page.locator("figure").filter(new Locator.FilterOptions().setHasText(title)).first();
	}

	private static boolean isFocused(Locator locator) {
		return (Boolean) locator.evaluate("(element) => element === document.activeElement");
	}

	// What the library was given and drew, by the name of the series.
	private static Map<String, List<List<Double>>> drawn(Page page, String title) throws IOException {
		Object json = figure(page, title).locator(".chart")
			.evaluate("(element) => JSON.stringify(Object.fromEntries(echarts.getInstanceByDom(element).getOption()"
					+ ".series.map((series) => [series.name, series.data])))");
		Map<String, List<List<Double>>> series = new LinkedHashMap<>();
		Json.parse((String) json).properties().forEach((entry) -> {
			List<List<Double>> points = new ArrayList<>();
			for (JsonNode point : entry.getValue()) {
				JsonNode place = point.isArray() ? point.get(0) : IntNode.valueOf(points.size());
				JsonNode value = point.isArray() ? point.get(1) : point;
				points.add(List.of(place.doubleValue(), value.isNull() ? Double.NaN : value.doubleValue()));
			}
			series.put(entry.getKey(), points);
		});
		return series;
	}

	// The charts in which a lane is drawn, by their place.
	@SuppressWarnings("unchecked")
	private static List<String> withLane(Page page, String lane) {
		return ((List<Integer>) page
			.evaluate("(lane) => [...document.querySelectorAll('.chart')].flatMap((element, place) =>"
					+ " JSON.parse(element.dataset.option).series.some((series) => series.lane === lane) ? [place] : [])",
					lane))
			.stream()
			.map(String::valueOf)
			.toList();
	}

	private static List<String> images(OpenPage open, List<String> places) {
		List<String> all = open.images();
		return places.stream().map((place) -> all.get(Integer.parseInt(place))).toList();
	}

}
