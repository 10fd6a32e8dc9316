package dev.threelanes.contract;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a lane keeps to with any client library: the same answers, as many calls at once,
 * and failures told as such.
 */
public abstract class OtherClientContract extends LaneTest {

	/** More than any library allows to one host unless it is told otherwise. */
	private static final int MANY = 100;

	/** Libraries that block the event loop that calls them, as BlockHound reports. */
	private static final List<String> BLOCKING = List.of("Apache-Http", "Jetty/");

	private final String agent;

	/**
	 * A lane with a client library.
	 * @param lane the lane
	 * @param agent how the library begins to name itself to whom it calls
	 */
	protected OtherClientContract(Lane lane, String agent) {
		super(lane);
		this.agent = agent;
	}

	// What these two do on an event loop is no lane's doing; the others are watched.
	@BeforeEach
	void lookAway() {
		BlockedLoops.watch(BLOCKING.stream().noneMatch(this.agent::startsWith));
	}

	@AfterEach
	void lookAgain() {
		BlockedLoops.watch(true);
	}

	@Test
	void theDownstreamIsCalledByThisLibrary() {
		assertAnswer(get("/api/call?delayMs=50"), """
				{"id":0,"delayMs":50}""");
		assertThat(downstream().calls()).hasSize(1)
			.allSatisfy((call) -> assertThat(call.agent()).startsWith(this.agent));
	}

	@Test
	void noDefaultOfTheLibraryBoundsTheCallsAtOnce() {
		get("/api/call?delayMs=0");
		downstream().reset();
		List<CompletableFuture<Answer>> callers = IntStream.range(0, MANY)
			.mapToObj((caller) -> getLater("/api/call?delayMs=2000"))
			.toList();
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.join().status()).isEqualTo(200));
		long first = callers.stream().mapToLong((caller) -> caller.join().took().toMillis()).min().orElseThrow();
		// One wave: who had waited for a connection would have taken twice as long.
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.join().took().toMillis()).isLessThan(2 * first));
	}

	@Test
	void whenTheDownstreamFailsTheGatewayIsBad() {
		downstream().fail(Fault.SERVER_ERROR);
		assertBadGateway(get("/api/call?delayMs=0"), "/api/call");
	}

	@Test
	void whenTheDownstreamRefusesTheGatewayIsBad() {
		downstream().refuse();
		assertBadGateway(get("/api/call?delayMs=0"), "/api/call");
	}

}
