package dev.threelanes.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class CommandLineTests {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					run slow                        | There is no experiment 'slow'; the experiments are slow-call, low-load, workers
					run --profile fast              | There is no profile 'fast'; the profiles are smoke, quick, full
					run --lanes mvc,go              | There is no lane 'go'; the lanes are mvc, webflux, loom
					run --settings default          | There are no settings 'default'; they are aligned or stock
					run --set delayMs=0             | delayMs must be between 1 and 30000, not 0
					run --set delay=5               | There is no parameter 'delay'; the parameters are delayMs, threads
					run all --set threads=many      | threads must be a whole number, not 'many'
					run permits --set permits=0     | permits must be between 1 and 10000, not 0
					run slow-call --set permits=2   | There is no parameter 'permits'; the parameters are delayMs, threads
					run control --lanes loom        | control measures only mvc
					run workers --find-capacity     | --find-capacity needs an experiment whose load rises
					run db-pool --database mysql://localhost/shop | --database needs an address like postgresql://localhost:5432/name
					run db-pool --database postgresql://ann:s3cret@localhost/shop | --database takes no user and no password
					run --injectors 0               | injectors must be between 1 and 64, not 0
					run --injectors 65              | injectors must be between 1 and 64, not 65
					run workers --injectors 2       | workers cannot be shared by 2 injectors: its step '1 at once' has 1 of them as its bound
					run wake-up --injectors 2       | wake-up cannot be shared by 2 injectors: its step '
					run --find-capacity --injectors 2 | --find-capacity searches with one injector, not with 2
					run --port-base 80              | --port-base must be between 1024 and 64000, not 80
					run --seed x                    | Invalid value for option '--seed': 'x' is not a long
					report                          | Missing required parameter: 'DIR'
					dance                           | Unmatched argument at index 0: 'dance'
					""")
	void whenUsageIsWrongNamesTheThingAndTheBounds(String words, String message) {
		assertThat(execute(words.split(" "))).isEqualTo(Lanes.USAGE);
		assertThat(this.err.toString()).startsWith(message);
	}

	@Test
	void referencesNeedAnExperimentThatAsksForOneCall() {
		assertThat(execute("run", "fan-out", "--reference")).isEqualTo(Lanes.USAGE);
		assertThat(this.err.toString()).contains(
				"--reference goes with experiments that ask for one call of the downstream, and fan-out asks for more");
	}

	@Test
	void listsTheCatalogueWithItsPredictions() {
		assertThat(execute("list")).isEqualTo(Lanes.DONE);
		assertThat(this.out.toString()).contains("slow-call", "Does a pool of threads cap throughput?",
				"predicts throughput [1/s]: mvc: X = min(λ, T/(D+ε)); webflux, loom: X = λ", "low-load");
		assertThat(this.out.toString()).containsSubsequence("Waiting for something slow", "slow-call", "Computing",
				"cpu-bound", "The measurement itself", "control");
		assertThat(this.out.toString()).containsPattern("takes about \\d+ min in the quick profile")
			.containsPattern("All \\d+ take about \\d+ min in the quick profile");
	}

	@Test
	void whenFolderHoldsNoRunSaysSo(@TempDir Path folder) {
		assertThat(execute("report", folder.toString())).isEqualTo(Lanes.COULD_NOT_RUN);
		assertThat(this.err.toString())
			.startsWith("lanes: " + folder + " holds no run: there is no manifest.json in it");
	}

	@Test
	void doctorNamesCoresMemoryDescriptorsAndPorts() {
		execute("doctor", "--no-calibration");
		assertThat(this.out.toString()).contains("processors: ", "GiB of memory: ", "ports from 8080: ");
	}

	@Test
	void doctorSaysHowToMendWhatIsTooSmall() {
		assertThat(DoctorCommand.cores(2).good()).isFalse();
		assertThat(DoctorCommand.cores(4).good()).isTrue();
		assertThat(DoctorCommand.memory(1L << 30).cure()).isEqualTo("7 GiB are needed.");
		// The fullest quick step, of thread-sweep, offers 750/s for 12 s to 1,000 threads
		// that carry 500/s, each for 2 s: 1,500 in progress and 3,000 waiting.
		assertThat(DoctorCommand.descriptors(1024L).cure())
			.isEqualTo("The quick profile needs 9500: raise the limit with 'ulimit -n 9500'.");
		assertThat(DoctorCommand.descriptors(20_000L).good()).isTrue();
		assertThat(DoctorCommand.descriptors(20_000L).meaning()).endsWith(
				"a connection in and one out each; c10k holds 9750 of 10000, wake-up holds 10000 of 10000, held holds 4000 of 4000");
	}

	@Test
	void resumeGoesWithNothingThatTheRunAlreadyHas() {
		assertThat(execute("run", "--resume", "anywhere", "--seed", "7")).isEqualTo(Lanes.USAGE);
		assertThat(this.err.toString())
			.startsWith("--resume finishes a run as it was begun: it goes with --port-base and --attempts");
	}

	@Test
	void whenThereIsNothingToResumeSaysSo() {
		assertThat(execute("run", "--resume", "no-such-folder")).isEqualTo(Lanes.COULD_NOT_RUN);
		assertThat(this.err.toString())
			.startsWith("lanes: no-such-folder holds no run that could be finished: manifest.json: it is missing");
	}

	@Test
	void whenThereIsNothingToMergeSaysSo(@TempDir Path folder) {
		assertThat(execute("merge", folder.toString())).isEqualTo(Lanes.COULD_NOT_RUN);
		assertThat(this.err.toString())
			.startsWith("lanes: The records cannot be put together: injector.csv: it is missing");
	}

	@Test
	void whenThereIsNothingToCompareSaysSo() {
		assertThat(execute("compare", "no-such-folder", "no-other")).isEqualTo(Lanes.COULD_NOT_RUN);
		assertThat(this.err.toString()).startsWith("lanes: The runs cannot be compared: manifest.json: it is missing");
	}

	@Test
	void whenThereAreNoRunsToListSaysSo() {
		assertThat(execute("index", "no-such-folder")).isEqualTo(Lanes.COULD_NOT_RUN);
		assertThat(this.err.toString()).contains("no-such-folder is no folder: make a run first");
	}

	@Test
	void listsNoRunsOfAFolderWithoutOne(@TempDir Path folder) {
		assertThat(execute("index", folder.toString())).isEqualTo(Lanes.DONE);
		assertThat(folder.resolve("index.html")).content().contains("All runs of this folder");
	}

	@Test
	void anotherMachineIsNotDrivenUnasked() {
		assertThat(execute("run", "--target", "shop=http://shop.example/")).isEqualTo(Lanes.USAGE);
		assertThat(this.err.toString()).contains("needs --allow-host shop.example");
	}

	@Test
	void forksHaveBounds() {
		assertThat(execute("run", "--forks", "0")).isEqualTo(Lanes.USAGE);
		assertThat(this.err.toString()).startsWith("forks must be between 1 and 50, not 0");
	}

	@Test
	void pinningNeedsFourProcessors() {
		if (Runtime.getRuntime().availableProcessors() < Cores.FEWEST) {
			assertThat(execute("run", "--pin")).isEqualTo(Lanes.USAGE);
			assertThat(this.err.toString()).startsWith("--pin needs at least 4 processors");
		}
	}

	private int execute(String... words) {
		CommandLine commandLine = Lanes.commandLine();
		commandLine.setOut(new PrintWriter(this.out));
		commandLine.setErr(new PrintWriter(this.err));
		return commandLine.execute(words);
	}

}
