package dev.threelanes.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Profile;
import dev.threelanes.report.cell.CellFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a run and injectors elsewhere tell each other, without any load.
 */
class RemoteInjectorsTests {

	private static final Generator.Order ORDER = new Generator.Order("slow-call", "mvc", Profile.SMOKE,
			Catalogue.experiment("slow-call").parameters(Profile.SMOKE, Map.of()), null, Map.of("downstream", "x"),
			null);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void orderTellsAnInjectorAllThatTheRunKnows() throws Exception {
		Exchange exchange = opened();
		start(exchange);
		LoadOrder read = exchange.order(1).orElseThrow();
		assertThat(read.addresses()).containsExactly(URI.create("http://loom:8080"));
		Generator.Order told = read.of(1, "first:8093");
		assertThat(told).usingRecursiveComparison().ignoringFields("properties").isEqualTo(ORDER);
		assertThat(told.properties())
			.isEqualTo(Map.of("downstream", "x", "injectors", "2", "injector", "1", "barrier", "first:8093"));
		assertThat(exchange.order(2)).isEmpty();
	}

	@Test
	void recordsAreTakenWhenAllHaveCome() throws Exception {
		Exchange exchange = opened();
		RemoteInjectors injectors = start(exchange);
		record(exchange, 0);
		assertThat(injectors.waitFor(Duration.ZERO)).isFalse();
		assertThat(injectors.lastWords()).contains("[1]");
		record(exchange, 1);
		assertThat(injectors.waitFor(Duration.ZERO)).isTrue();
		assertThat(injectors.waitFor(Duration.ZERO)).isTrue();
		assertThat(injectors.failure()).isEmpty();
		assertThat(cell().injector(0).steps()).hasContent("steps of 0");
		assertThat(cell().injector(1).steps()).hasContent("steps of 1");
	}

	@Test
	void recordThatIsNotCompleteHasNotCome() throws Exception {
		Exchange exchange = opened();
		RemoteInjectors injectors = start(exchange);
		record(exchange, 0);
		Files.createDirectories(exchange.draft(1, 1));
		assertThat(injectors.waitFor(Duration.ZERO)).isFalse();
	}

	@Test
	void failureOfOneEndsTheWaitForAll() throws Exception {
		Exchange exchange = opened();
		RemoteInjectors injectors = start(exchange);
		exchange.fail(1, 1, "with status 7");
		assertThat(injectors.waitFor(Duration.ofMinutes(1))).isTrue();
		assertThat(injectors.failure()).contains("as injector 1 of 2 with status 7");
	}

	@Test
	void folderOfAnotherRunIsRefused() throws Exception {
		Exchange exchange = opened();
		start(exchange);
		assertThatExceptionOfType(RunFailure.class).isThrownBy(exchange::open).withMessageContaining("another run");
	}

	@Test
	void injectorEndsWhenNoMoreOrdersCome() throws Exception {
		Exchange exchange = opened();
		exchange.end();
		assertThat(inject("--injector=0", "--barrier=127.0.0.1:1")).isEqualTo(Lanes.DONE);
	}

	@Test
	void injectorsMayComeBeforeTheRun() throws Exception {
		Exchange exchange = new Exchange(this.folder.resolve("orders"));
		exchange.announce(0);
		exchange.announce(1);
		exchange.open();
		exchange.awaitInjectors(2, Duration.ZERO);
	}

	@Test
	void injectorThatDoesNotComeIsNamed() throws Exception {
		Exchange exchange = opened();
		exchange.announce(0);
		assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> exchange.awaitInjectors(2, Duration.ZERO))
			.withMessageContaining("Injector 1 of 2");
	}

	@Test
	void injectorMustKnowWhichItIs() {
		assertThat(inject("--barrier=127.0.0.1:1")).isEqualTo(Lanes.USAGE);
	}

	@Test
	void loadOfOneGeneratorIsNotMadeElsewhere() {
		Run run = new Run(SmokeRun.INSTALLATION, SmokeRun.plan(Lane.MVC), SmokeRun.PORTS, this.folder.resolve("run"),
				List.of("run"), new PrintWriter(new StringWriter()), List.of());
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> run.injectedThrough(new Exchange(this.folder)));
	}

	private int inject(String... words) {
		StringWriter said = new StringWriter();
		return Lanes.commandLine()
			.setErr(new PrintWriter(said))
			.execute("inject", this.folder.resolve("orders").toString(), words[0], words[words.length - 1]);
	}

	private Exchange opened() {
		Exchange exchange = new Exchange(this.folder.resolve("orders"));
		exchange.open();
		return exchange;
	}

	private RemoteInjectors start(Exchange exchange) {
		return RemoteInjectors.start(exchange, 1, ORDER, 2, List.of(URI.create("http://loom:8080")), cell());
	}

	private CellFiles cell() {
		return new CellFiles(this.folder.resolve("cell"));
	}

	private static void record(Exchange exchange, int injector) throws IOException {
		Files.createDirectories(exchange.draft(1, injector));
		Files.writeString(new CellFiles(exchange.draft(1, injector)).steps(), "steps of " + injector);
		exchange.deliver(1, injector);
	}

}
