package dev.threelanes.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LiveLineTests {

	private static final String HEADER = "step,startedRps,answered,failed,p99Millis\n";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@SuppressWarnings("NullAway.Init")
	private Path file;

	@BeforeEach
	void setUp() {
		this.file = LiveLine.file(this.folder.resolve("some.log"));
	}

	@Test
	void tellsTheStepItsRateItsTailAndItsErrors() throws IOException {
		Files.writeString(this.file, HEADER + "2.00 x T/D,798,4000,1,512\n");
		assertThat(new LiveLine(this.file).text()).isEqualTo("  2.00 x T/D: 798/s  p99 512 ms  1 error");
	}

	@Test
	void addsUpWhatGeneratorsThatShareALoadTell() throws IOException {
		Path log = this.folder.resolve("some.log");
		Files.writeString(LiveLine.file(log, 0), HEADER + "2.00 x T/D,200,1000,1,512\n");
		Files.writeString(LiveLine.file(log, 1), HEADER + "2.00 x T/D,300,1000,0,640\n");
		Files.writeString(LiveLine.file(log, 2), HEADER + "1.50 x T/D,100,1000,9,900\n");
		assertThat(new LiveLine(this.file).text()).isEqualTo("  2.00 x T/D: 500/s  p99 640 ms  1 error");
	}

	@Test
	void leavesOutWhatIsNotKnownYet() throws IOException {
		Files.writeString(this.file, HEADER + "warm-up,40,0,0,\n");
		assertThat(new LiveLine(this.file).text()).isEqualTo("  warm-up: 40/s  0 errors");
	}

	@Test
	void saysNothingBeforeTheLoadOrAfterIt() throws IOException {
		LiveLine line = new LiveLine(this.file);
		assertThat(line.text()).isEmpty();
		Files.writeString(this.file, HEADER);
		assertThat(line.text()).isEmpty();
		Files.writeString(this.file, HEADER + "2.00 x T/D,798,4000,1,512\n");
		Files.setLastModifiedTime(this.file, FileTime.from(Instant.now().minusSeconds(10)));
		assertThat(line.text()).isEmpty();
	}

}
