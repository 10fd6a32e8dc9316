package dev.threelanes.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DatabaseTests {

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://localhost:6432/shop", "jdbc:postgresql://localhost:6432/shop",
			"r2dbc:postgresql://localhost:6432/shop", "postgres://localhost:6432/shop" })
	void oneAddressTellsEveryLane(String address) {
		Database database = Database.of(address, List.of(), Map.of());
		assertThat(database.arguments()).containsExactly("--lane.query.host=localhost", "--lane.query.port=6432",
				"--lane.query.database=shop");
		assertThat(database.address()).isEqualTo("postgresql://localhost:6432/shop");
		assertThat(database.ownOfRun()).isFalse();
	}

	@Test
	void whoAsksIsToldByTheEnvironmentAlone() {
		Database database = Database.of("postgresql://localhost/shop", List.of(),
				Map.of(Database.USER, "ann", Database.PASSWORD, "s3cret", "OTHER", "x"));
		assertThat(database.environment())
			.containsExactlyInAnyOrderEntriesOf(Map.of("LANE_QUERY_USER", "ann", "LANE_QUERY_PASSWORD", "s3cret"));
		assertThat(database.arguments()).noneMatch((word) -> word.contains("ann") || word.contains("s3cret"));
		assertThat(database.address()).isEqualTo("postgresql://localhost:5432/shop");
		assertThat(database).asString().doesNotContain("ann", "s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://ann:s3cret@localhost/shop", "postgresql://s3cret@localhost/shop",
			"jdbc:postgresql://localhost/shop?password=s3cret", "postgresql://ann:s3cret@local host/shop" })
	void aPasswordInTheAddressIsRefusedAndNotRepeated(String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> Database.of(address, List.of(), Map.of()))
			.satisfies((ex) -> assertThat(ex.getMessage()).startsWith("--database ").doesNotContain("s3cret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mysql://localhost/shop", "localhost:5432", "postgresql://localhost", "postgresql:///shop",
			"postgresql://localhost/shop/more" })
	void whatIsNoAddressOfAPostgresIsRefused(String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> Database.of(address, List.of(), Map.of()))
			.withMessage("--database needs an address like postgresql://localhost:5432/name, without options");
	}

	@Test
	void anotherMachineIsNotAskedUnasked() {
		String address = "postgresql://db.example/shop";
		assertThatIllegalArgumentException().isThrownBy(() -> Database.of(address, List.of(), Map.of()))
			.withMessageContaining("needs --allow-host db.example");
		assertThat(Database.of(address, List.of("db.example"), Map.of()).host()).isEqualTo("db.example");
	}

	@Test
	void aRunThatIsFinishedAsksTheServerItBegan() {
		Database begun = Database.of("postgresql://db.example/shop", List.of("db.example"), Map.of());
		assertThat(Database.again(begun.address(), Map.of())).isEqualTo(begun);
	}

	@Test
	void whenNobodyListensSaysSo() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
			Database.of("postgresql://localhost:%d/shop".formatted(port), List.of(), Map.of()).requireReachable();
		}
		Database gone = Database.of("postgresql://localhost:%d/shop".formatted(port), List.of(), Map.of());
		assertThatExceptionOfType(RunFailure.class).isThrownBy(gone::requireReachable)
			.withMessageStartingWith("The database postgresql://localhost:%d/shop cannot be reached: ".formatted(port));
	}

}
