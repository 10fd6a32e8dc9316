package dev.threelanes.report.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.threelanes.experiments.Lane;
import dev.threelanes.report.Report;
import dev.threelanes.report.cell.Machine;
import dev.threelanes.report.cell.Manifest;
import dev.threelanes.report.simulation.SimulatedCell;
import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PageTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void allowsItsOwnScriptsAndStylesByTheirHashAndNothingElse() throws Exception {
		String page = page(SimulatedRun.healthy(this.folder, "slow-call", 1));
		String policy = find(page, "Content-Security-Policy\" content=\"([^\"]*)\"").getFirst().replace("&#39;", "'");
		assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe", "http");
		List<String> inline = find(page, "(?s)<(?:script|style)>(.*?)</(?:script|style)>");
		assertThat(inline).hasSize(3);
		for (String text : inline) {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
		}
		assertThat(markup(page)).doesNotContain("<script", "style=", "javascript:", "http:", "https:");
	}

	@Test
	void fitsInOneFileOfTwoMegabytes() throws Exception {
		SimulatedRun run = SimulatedRun.healthy(this.folder, "slow-call", 5);
		run.add(SimulatedCell.of("low-load", Lane.MVC, 1));
		assertThat(page(run).getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
	}

	@Test
	void whatComesFromOutsideIsTextAndNeverMarkup() throws Exception {
		String hostile = "<img src=x onerror=alert(1)>\"' }}${1}";
		String page = page(SimulatedRun.healthy(this.folder, "slow-call", 1)
			.add(SimulatedCell.target("slow-call", hostile, Lane.LOOM).problem("<b>bold</b> & \"quoted\"")));
		assertThat(markup(page)).doesNotContain("<img", "<b>bold")
			.contains("&lt;img src=x onerror=alert(1)&gt;")
			.contains(
					"cells/slow-call/%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%22%27%20%7D%7D%24%7B1%7D/1/gatling/index.html");
	}

	@Test
	void everyChartIsFollowedByItsData() throws Exception {
		String page = page(SimulatedRun.healthy(this.folder, "slow-call", 1));
		List<String> figures = find(page, "(?s)<figure>(.*?)</figure>");
		assertThat(figures).hasSize(10)
			.allSatisfy((figure) -> assertThat(figure).containsSubsequence("data-option=", "<details>", "<caption>",
					"scope=\"col\"", "scope=\"row\""));
		assertThat(figures.get(1)).contains("MVC predicted (1/s)", "<td>398</td>");
	}

	@Test
	void tellsWhyTheBoundedLaneFellBehindAndHowToSeeIt() throws Exception {
		assertThat(page(SimulatedRun.healthy(this.folder, "slow-call", 1))).contains(
				"Past 400 requests a second the thread pool of MVC is full: 200 of its 200 threads held a request",
				"402 requests in flight, with 24 live platform threads in the whole process",
				"402 requests in flight, each in a virtual thread, carried by 2 platform threads",
				"127.0.0.1:9083/actuator/metrics/jvm.threads.virtual.pool.size");
	}

	@Test
	void belowTheCapNothingFellBehind() throws Exception {
		assertThat(page(SimulatedRun.healthy(this.folder, "low-load", 1))).doesNotContain("is full")
			.contains("each holds its thread while it waits, and some were still free");
	}

	@Test
	void whatDiffersBetweenLanesStandsOutAndWhatIsEqualDoesNot() throws Exception {
		String page = page(SimulatedRun.healthy(this.folder, "slow-call", 1));
		assertThat(page).containsPattern("(?s)<th scope=\"row\">server</th><td class=\"different\">")
			.containsPattern("<th scope=\"row\">limits.maxConnections</th><td>10,000</td>");
	}

	@Test
	void marksTheBestOfAColumnUnlessAllAreAsGood() throws Exception {
		String page = page(SimulatedRun.healthy(this.folder, "slow-call", 1));
		String summary = find(page, "(?s)<caption>The lanes side by side</caption>(.*?)</table>").getFirst();
		assertThat(find(summary, "<td class=\"best\">.*?best: </span> ([^<]*)</td>")).contains("800", "24")
			.doesNotContain("398");
	}

	@Test
	void noReferenceIsTheBestOfAColumn() throws Exception {
		String page = page(SimulatedRun.healthy(this.folder, "slow-call", 1)
			.add(SimulatedCell.target("slow-call", "bare-netty", Lane.WEBFLUX)
				.identities(SimulatedCell.reference("bare-netty"), SimulatedCell.reference("bare-netty"))));
		String summary = find(page, "(?s)<caption>The lanes side by side</caption>(.*?)</table>").getFirst();
		assertThat(find(summary, "(?s)(WebFlux.*?)</tr>").getFirst()).contains("best: ");
		assertThat(find(summary, "(?s)(Bare Reactor Netty.*?)</tr>").getFirst()).contains("800")
			.doesNotContain("best: ");
	}

	@Test
	void saysWhatTheRulesThatHoldHaveSeen() throws Exception {
		assertThat(page(SimulatedRun.healthy(this.folder, "slow-call", 1))).containsPattern(
				"least favourable, <code>slow-call/[a-z]+/1</code>, step [^:]*: 100.0 % of the offered load");
	}

	@Test
	void linksTheRawFilesOfEachCell() throws Exception {
		assertThat(page(SimulatedRun.healthy(this.folder, "slow-call", 1))).contains(
				"<a href=\"cells/slow-call/mvc/1/cell.json\">cell.json</a>",
				"<a href=\"cells/slow-call/mvc/1/latency.hlog\">latency.hlog</a>");
	}

	@Test
	void linksTheGeneratorsReportOnlyWhereThereIsOne() throws Exception {
		Path run = SimulatedRun.healthy(this.folder, "slow-call", 1).write();
		Files.delete(run.resolve("cells/slow-call/loom/1/gatling/index.html"));
		Report.write(run);
		assertThat(Files.readString(run.resolve("index.html")))
			.contains("<a href=\"cells/slow-call/mvc/1/gatling/index.html\">mvc, fork 1</a>")
			.doesNotContain("loom/1/gatling");
	}

	@Test
	void saysThatSharedProcessorsAllowComparisonsOnly() throws Exception {
		assertThat(page(SimulatedRun.healthy(this.folder, "low-load", 1)))
			.contains("Co-located: compare lanes, do not quote figures.");
		assertThat(new Environment(
				manifest(8, List.of("run"), Map.of("lane", "0-3", "generator", "4-5", "downstream", "6-7")), List.of())
			.colocation()).isNull();
	}

	@Test
	void theCommandMakesTheSameRunInAFolderOfItsOwn() {
		assertThat(command("run", "slow-call", "--out", "/tmp/somewhere", "--set", "delayMs=80"))
			.isEqualTo("./lanes run slow-call --set delayMs=80 --seed 7");
		assertThat(command("run", "--out=/tmp/somewhere", "--seed=9")).isEqualTo("./lanes run --seed=9");
		assertThat(command("run", "it's; rm")).isEqualTo("./lanes run 'it'\\''s; rm' --seed 7");
	}

	private static String command(String... args) {
		return new Environment(manifest(2, List.of(args), Map.of()), List.of()).command();
	}

	private static Manifest manifest(int processors, List<String> args, Map<String, String> pinned) {
		return new Manifest(Manifest.SCHEMA, "any", "2026-03-01T10:00:00Z", args, null, 7, List.of(), "quick",
				"aligned", new Machine("os", "kernel", "cpu", processors, 1, null, "25"), List.of(), Map.of(),
				new Manifest.Plan(List.of(), List.of(), Map.of(), 1, Map.of()), Map.of(), Map.of(), List.of(), null,
				pinned, null, null, true, null, null);
	}

	private static String page(SimulatedRun run) throws Exception {
		Path folder = run.write();
		Report.write(folder);
		return Files.readString(folder.resolve("index.html"));
	}

	// The page without its scripts and its style sheet.
	private static String markup(String page) {
		return page.replaceAll("(?s)<(script|style)>.*?</(script|style)>", "");
	}

	private static List<String> find(String text, String pattern) {
		return Pattern.compile(pattern).matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
	}

}
