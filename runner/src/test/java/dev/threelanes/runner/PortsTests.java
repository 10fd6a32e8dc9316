package dev.threelanes.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.threelanes.experiments.Lane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PortsTests {

	@Test
	void followFromTheBase() {
		Ports ports = new Ports(8080);
		assertThat(List.of(Lane.values())).extracting(ports::application).containsExactly(8081, 8082, 8083);
		assertThat(List.of(Lane.values())).extracting(ports::management).containsExactly(9081, 9082, 9083);
		assertThat(ports.downstream()).isEqualTo(8090);
		assertThat(ports.database()).isEqualTo(8091);
		assertThat(ports.balancer()).isEqualTo(8092);
	}

	@Test
	void severalJvmsOfALaneHavePortsOfTheirOwn() {
		Ports ports = new Ports(8080);
		assertThat(ports.ofInstance(1).application(Lane.MVC)).isEqualTo(8101);
		assertThat(ports.ofInstance(4).application(Lane.LOOM)).isEqualTo(8104);
		assertThat(ports.ofInstance(4).management(Lane.LOOM)).isEqualTo(9104);
		assertThat(ports.ofInstance(4).downstream()).isEqualTo(ports.downstream());
	}

	@Test
	void whenAPortOfAJvmBehindABalancerIsTakenNamesIt() throws IOException {
		// Below the ports that the kernel gives to whoever asks for any.
		Ports ports = new Ports(ThreadLocalRandom.current().nextInt(20_000, 30_000));
		try (ServerSocket taken = new ServerSocket(ports.ofInstance(2).application(Lane.MVC), 1,
				InetAddress.getLoopbackAddress())) {
			ports.requireFreeForJvms(1);
			assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> ports.requireFreeForJvms(4))
				.withMessageStartingWith("Port %d, needed for JVM 2, is taken", taken.getLocalPort());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1023, 64_001 })
	void whenBaseIsOutOfBoundsNamesThem(int base) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Ports(base))
			.withMessage("--port-base must be between 1024 and 64000, not " + base);
	}

	@Test
	void whenAPortIsTakenNamesItAndItsUser() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Ports ports = new Ports(taken.getLocalPort() - 10);
			assertThatExceptionOfType(RunFailure.class).isThrownBy(() -> ports.requireFree(List.of(Lane.MVC)))
				.withMessage(
						"Port %d, needed for the downstream, is taken: stop what listens there, or choose others with --port-base",
						taken.getLocalPort());
		}
	}

}
