package dev.threelanes.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a lane does to callers who mean no good: they are bounded in what they send and
 * how long they take over it, learn nothing, and nobody else suffers. Most of it is
 * waiting until they are cut off, which these tests do beside each other.
 */
@TestPropertySource(properties = { "lane.server.request-timeout=2s", "lane.server.max-body=8KB",
		"server.tomcat.connection-timeout=3s", "server.tomcat.keep-alive-timeout=3s", "server.netty.idle-timeout=3s" })
public abstract class HostileContract extends LaneTest {

	/** Those who only wait share them, those with many callers have them alone. */
	private static final String PROCESSORS = "processors";

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

	/** Tomcat waits once until its answer, and as long for the rest of the body. */
	private static final Duration BODY_TIMEOUT = REQUEST_TIMEOUT.multipliedBy(2);

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(3);

	/** Tomcat looks for connections whose time is up once a second. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	/** A version of HTTP that there is not, which is said of the request as well. */
	private static final Set<Integer> NOT_SUPPORTED = Set.of(501, 505);

	private static final Duration PAUSE = Duration.ofMillis(200);

	/** In bytes, as all lanes state it. */
	private static final int HEADER_LIMIT = 4096;

	private static final String HALF_A_HEADER = "GET /api/hello HTTP/1.1\r\nHost: lane\r\nX-Slow: ";

	private static final String POST = "POST /api/events?wake=1 HTTP/1.1\r\nHost: lane\r\n";

	private static final String LENGTH_100 = POST + "Content-Length: 100\r\n\r\n";

	private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

	protected HostileContract(Lane lane) {
		super(lane);
	}

	@BeforeEach
	void warmUp() {
		get("/api/call?delayMs=0");
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void headersThatTrickleOrNeverEndAreCutOff() throws IOException {
		List<HostileCaller> callers = new ArrayList<>();
		try {
			for (String beginning : List.of(HALF_A_HEADER, "GET /api/he", "GET /api/hello HTTP/1.1\r\n")) {
				callers.add(new HostileCaller(port()).send(beginning).trickle("x", PAUSE));
				callers.add(new HostileCaller(port()).send(beginning));
			}
			for (HostileCaller caller : callers) {
				HostileCaller.End end = caller.end(REQUEST_TIMEOUT.plus(PATIENCE));
				seen("late header: %d, closed after %d ms".formatted(end.status(), end.took().toMillis()));
				assertGotRidOf(end);
			}
		}
		finally {
			close(callers);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void headersAreAsLongAsIsStatedAndNoLonger() throws IOException {
		assertThat(header(HEADER_LIMIT - 512).status()).isEqualTo(200);
		HostileCaller.End end = header(HEADER_LIMIT + 512);
		assertThat(end.status()).isBetween(400, 499);
		assertThat(end.closed()).isTrue();
	}

	private HostileCaller.End header(int bytes) throws IOException {
		try (HostileCaller caller = new HostileCaller(port())) {
			return caller
				.send("GET /api/hello HTTP/1.1\r\nHost: lane\r\nConnection: close\r\nX-Long: %s\r\n\r\n"
					.formatted("x".repeat(bytes)))
				.end(PATIENCE);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void headerThatTricklesAfterARequestIsCutOffToo() throws IOException {
		try (HostileCaller caller = new HostileCaller(port())) {
			caller.send("GET /api/hello HTTP/1.1\r\nHost: lane\r\n\r\n");
			HostileCaller.End end = caller.send(HALF_A_HEADER).trickle("x", PAUSE).end(REQUEST_TIMEOUT.plus(PATIENCE));
			assertThat(end.status()).isEqualTo(200);
			assertThat(end.closed()).isTrue();
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void headerThatIsSlowButInTimeIsServedAndSoIsTheNext() throws Exception {
		try (HostileCaller caller = new HostileCaller(port())) {
			caller.send(HALF_A_HEADER);
			Thread.sleep(REQUEST_TIMEOUT.dividedBy(2));
			caller.send("x\r\n\r\n");
			// Longer than the rest of the first one's time: it has its own.
			Thread.sleep(REQUEST_TIMEOUT.dividedBy(4).multipliedBy(3));
			HostileCaller.End end = caller.send("GET /api/call?delayMs=1 HTTP/1.1\r\nHost: lane\r\n\r\n")
				.end(Duration.ofSeconds(4));
			assertThat(end.answer()).contains("hello").contains("\"delayMs\":1");
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void bodiesThatTrickleOrNeverComeAreCutOff() throws IOException {
		List<HostileCaller> callers = new ArrayList<>();
		try {
			for (String header : List.of(LENGTH_100, CHUNKED)) {
				callers.add(new HostileCaller(port()).send(header).trickle("1\r\nx\r\n", PAUSE));
				callers.add(new HostileCaller(port()).send(header));
			}
			for (HostileCaller caller : callers) {
				HostileCaller.End end = caller.end(BODY_TIMEOUT.plus(PATIENCE));
				seen("late body: %d, closed after %d ms".formatted(end.status(), end.took().toMillis()));
				assertGotRidOf(end);
				assertThat(end.status()).isEqualTo(408);
			}
		}
		finally {
			close(callers);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void oversizedHeaderIsRefused() throws IOException {
		assertRefused(HALF_A_HEADER + "x".repeat(64 * 1024) + "\r\n\r\n");
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void oversizedRequestLineIsRefused() throws IOException {
		assertRefused("GET /api/hello?" + "x".repeat(64 * 1024) + " HTTP/1.1\r\nHost: lane\r\n\r\n");
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void manyHeadersAreRefused() throws IOException {
		assertRefused("GET /api/hello HTTP/1.1\r\nHost: lane\r\n" + "X-Much: more\r\n".repeat(5000) + "\r\n");
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void oversizedBodyIsRefusedUnread() throws IOException {
		try (HostileCaller caller = new HostileCaller(port())) {
			HostileCaller.End end = caller.send(POST + "Content-Length: 1000000000\r\n\r\n").end(PATIENCE);
			assertGotRidOf(end);
			assertThat(end.answer()).contains("\"status\":413");
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void oversizedBodyOfUnknownLengthIsRefusedWhenItIs() throws IOException {
		try (HostileCaller caller = new HostileCaller(port())) {
			HostileCaller.End end = caller.send(CHUNKED + ("400\r\n" + "x".repeat(1024) + "\r\n").repeat(9))
				.end(PATIENCE);
			assertGotRidOf(end);
			assertThat(end.status()).isEqualTo(413);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void bodyWithinTheBoundsIsTakenAndPassedOver() throws IOException {
		try (HostileCaller caller = new HostileCaller(port())) {
			HostileCaller.End end = caller.send(POST + "Content-Length: 5\r\n\r\nhello")
				.send(CHUNKED + "5\r\nhello\r\n0\r\n\r\n")
				.send("GET /api/hello HTTP/1.1\r\nHost: lane\r\nConnection: close\r\n\r\n")
				.end(PATIENCE);
			assertThat(end.answer().split("HTTP/1.1 200", -1)).hasSize(4);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
	void whatIsNoRequestIsRefusedOrCutOff() throws IOException {
		Map<String, HostileCaller> callers = new LinkedHashMap<>();
		try {
			for (String request : malformed()) {
				callers.put(request, new HostileCaller(port()).send(request));
			}
			for (Map.Entry<String, HostileCaller> caller : callers.entrySet()) {
				HostileCaller.End end = caller.getValue().end(IDLE_TIMEOUT.plus(PATIENCE));
				seen("no request: %d %s".formatted(end.status(), end.closed() ? "closed" : "kept"));
				assertThat(end.closed() || end.status() >= 400).as(caller.getKey() + end).isTrue();
				assertBlamesTheRequest(end);
			}
		}
		finally {
			close(List.copyOf(callers.values()));
		}
	}

	@Test
	@ResourceLock(PROCESSORS)
	void thousandIdleConnectionsAreClosedInTimeAndNobodySuffers() throws Exception {
		List<HostileCaller> callers = new ArrayList<>();
		try {
			for (int i = 0; i < 1000; i++) {
				callers.add(new HostileCaller(port()));
			}
			long good = goodAnswers(200);
			seen("1,000 idle connections: %d of 200 good callers served".formatted(good));
			assertThat(good).isGreaterThanOrEqualTo(198);
			for (HostileCaller caller : callers) {
				assertThat(caller.end(IDLE_TIMEOUT.plus(PATIENCE).plus(PATIENCE)).closed()).isTrue();
			}
		}
		finally {
			close(callers);
		}
	}

	@Test
	@ResourceLock(PROCESSORS)
	void goodCallersAreServedMeanwhile() throws Exception {
		List<HostileCaller> callers = new ArrayList<>();
		try {
			for (int i = 0; i < 50; i++) {
				callers.add(new HostileCaller(port()).send(HALF_A_HEADER).trickle("x", PAUSE));
				callers.add(new HostileCaller(port()).send(LENGTH_100).trickle("x", PAUSE));
				callers.add(new HostileCaller(port()).send(CHUNKED));
				callers.add(new HostileCaller(port()).send(HALF_A_HEADER + "x".repeat(64 * 1024) + "\r\n\r\n"));
				callers.add(new HostileCaller(port()).send("\r\n\r\nnonsense\r\n\r\n"));
			}
			long good = goodAnswers(400);
			seen("250 hostile callers: %d of 400 good callers served".formatted(good));
			assertThat(good).isGreaterThanOrEqualTo(396);
			for (HostileCaller caller : callers) {
				assertGotRidOf(caller.end(REQUEST_TIMEOUT.plus(PATIENCE).plus(PATIENCE)));
			}
		}
		finally {
			close(callers);
		}
	}

	private long goodAnswers(int count) throws InterruptedException {
		List<CompletableFuture<Answer>> answers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			answers.add(getLater("/api/call?delayMs=20"));
			Thread.sleep(5);
		}
		return answers.stream().filter((answer) -> answer.join().status() == 200).count();
	}

	private void assertRefused(String request) throws IOException {
		try (HostileCaller caller = new HostileCaller(port())) {
			HostileCaller.End end = caller.send(request).end(PATIENCE);
			seen("too long: %d, closed after %d ms".formatted(end.status(), end.took().toMillis()));
			assertGotRidOf(end);
		}
	}

	private static List<String> malformed() {
		String host = "Host: lane\r\n";
		String get = "GET /api/hello HTTP/1.1\r\n" + host;
		return List.of("\r\n\r\nnonsense\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
				"GET /api/hello HTTP/9.9\r\n" + host + "\r\n", "GET /api/hello NOHTTP/1.1\r\n" + host + "\r\n",
				"G@T /api/hello HTTP/1.1\r\n" + host + "\r\n", "GET /api/he llo HTTP/1.1\r\n" + host + "\r\n",
				"GET /api/%zz HTTP/1.1\r\n" + host + "\r\n", "GET /api/\u0000 HTTP/1.1\r\n" + host + "\r\n",
				"GET /api/%2e%2e%2f%2e%2e%2fetc/passwd HTTP/1.1\r\n" + host + "\r\n",
				"GET /api/..;/actuator/env HTTP/1.1\r\n" + host + "\r\n", get + "X Y: z\r\n\r\n", get + ": z\r\n\r\n",
				get + "X-Control: a\u0001b\u0000c\r\n\r\n", POST + "Content-Length: -1\r\n\r\n",
				POST + "Content-Length: many\r\n\r\n", POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
				CHUNKED + "nonsense\r\nx\r\n0\r\n\r\n", CHUNKED + "fffffffffffffffff\r\n",
				CHUNKED + "1\r\nxyz\r\n0\r\n\r\n", "GET /api/call?delayMs=%zz HTTP/1.1\r\n" + host + "\r\n",
				"GET /api/call?delayMs=%00 HTTP/1.1\r\n" + host + "\r\n");
	}

	private static void assertGotRidOf(HostileCaller.End end) {
		assertThat(end.closed()).as(end.toString()).isTrue();
		assertBlamesTheRequest(end);
	}

	private static void assertBlamesTheRequest(HostileCaller.End end) {
		assertThat(end.status()).as(end.answer())
			.matches((status) -> status == 0 || NOT_SUPPORTED.contains(status) || (status >= 400 && status < 500));
		assertThat(end.answer()).doesNotContainIgnoringCase("tomcat")
			.doesNotContainIgnoringCase("netty")
			.doesNotContainIgnoringCase("exception")
			.doesNotContain("\tat ");
	}

	private static void close(List<HostileCaller> callers) throws IOException {
		for (HostileCaller caller : callers) {
			caller.close();
		}
	}

}
