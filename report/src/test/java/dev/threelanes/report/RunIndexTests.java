package dev.threelanes.report;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.threelanes.report.simulation.SimulatedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RunIndexTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void listsEachRunWithWhatItFound() throws Exception {
		Report.write(SimulatedRun.healthy(this.folder.resolve("first & one"), "slow-call", 1).write());
		Report.write(SimulatedRun.healthy(this.folder.resolve("second"), "workers", 3).write());
		assertThat(index()).contains("<a href=\"first%20%26%20one/index.html\">", "<a href=\"second/index.html\">",
				"Does a pool of threads cap throughput?", "Offered 800 requests a second",
				"What does the fifth of five clients see of four workers?", "confirmed");
	}

	@Test
	void aRunThatWasStoppedSaysSo() throws Exception {
		Report.write(
				SimulatedRun.healthy(this.folder.resolve("one"), "low-load", 1).stoppedBefore("control/mvc/1").write());
		assertThat(index()).contains("The run is not complete");
	}

	@Test
	void aRunThatCannotBeReadIsNamedAndTheOthersAreListed() throws Exception {
		Report.write(SimulatedRun.healthy(this.folder.resolve("good"), "low-load", 1).write());
		Path bad = Files.createDirectories(this.folder.resolve("<bad>"));
		Files.writeString(bad.resolve("manifest.json"), "{");
		assertThat(index()).contains("good/index.html", "&lt;bad&gt;: manifest.json: it is truncated")
			.doesNotContain("<bad>");
	}

	@Test
	void theSameRunsGiveTheSameBytes() throws Exception {
		Report.write(SimulatedRun.healthy(this.folder.resolve("one"), "low-load", 1).write());
		assertThat(index()).isEqualTo(index()).doesNotContain("<script");
	}

	private String index() throws Exception {
		return Files.readString(RunIndex.write(this.folder));
	}

}
