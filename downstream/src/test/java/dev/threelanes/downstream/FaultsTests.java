package dev.threelanes.downstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.DisposableServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How the service fails on demand, and that it is well again.
 */
class FaultsTests {

	private static final DisposableServer SERVER = Downstream.start(new Options("127.0.0.1", 0, true));

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AfterEach
	void mend() throws Exception {
		assertThat(send("DELETE", "/faults").statusCode()).isEqualTo(204);
		assertWell();
	}

	@AfterAll
	static void stop() {
		CLIENT.close();
		SERVER.disposeNow();
	}

	@Test
	void withoutAFaultOnItIsWell() throws Exception {
		double before = faults();
		assertWell();
		assertThat(faults()).isEqualTo(before);
	}

	@Test
	void aHangOutlastsItsEndForThoseItMetOnly() throws Exception {
		double before = faults();
		begin("kind=hang&forMs=300");
		CompletableFuture<HttpResponse<String>> met = CLIENT.sendAsync(request("/delay/0").build(),
				HttpResponse.BodyHandlers.ofString());
		await().untilAsserted(() -> assertThat(faults()).isEqualTo(before + 1));
		// The end of the fault is a time, and time is what is tested.
		Thread.sleep(400);
		assertWell();
		assertThat(met).isNotDone();
		met.cancel(true);
		await().untilAsserted(() -> assertThat(new Metrics(send("GET", "/metrics").body()).inFlight()).isZero());
	}

	@Test
	void aResetEndsTheConnection() throws Exception {
		begin("kind=reset&forMs=60000");
		// A client library might call a connection that ends in order by the same name.
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
			socket.getOutputStream()
				.write("GET /delay/0 HTTP/1.1\r\nHost: downstream\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
				.withMessage("Connection reset");
		}
	}

	@Test
	void aSlowAnswerIsRightAndNoneOfTheDelaysCountsIt() throws Exception {
		double before = answered();
		begin("kind=slow&byMs=400&forMs=60000");
		long start = System.nanoTime();
		HttpResponse<String> response = send("GET", "/delay/100?id=3");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
		assertThat(response.body()).isEqualTo("{\"id\":3,\"delayMs\":100}");
		assertThat(answered()).isEqualTo(before);
	}

	@Test
	void aShareOfErrorsIsSpreadEvenly() throws Exception {
		begin("kind=errors&percent=25&forMs=60000");
		int[] statuses = new int[8];
		for (int i = 0; i < statuses.length; i++) {
			statuses[i] = send("GET", "/delay/0").statusCode();
		}
		assertThat(statuses).containsExactly(200, 200, 200, 500, 200, 200, 200, 500);
	}

	@Test
	void whoArrivedBeforeIsAnsweredAsIfNothingHadHappened() throws Exception {
		double inFlight = new Metrics(send("GET", "/metrics").body()).inFlight();
		CompletableFuture<HttpResponse<String>> before = CLIENT.sendAsync(request("/delay/500").build(),
				HttpResponse.BodyHandlers.ofString());
		await().untilAsserted(
				() -> assertThat(new Metrics(send("GET", "/metrics").body()).inFlight()).isEqualTo(inFlight + 1));
		begin("kind=reset&forMs=60000");
		assertThat(before.join().statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			forMs=10                           | kind must be one of hang, reset, slow, errors
			kind=flood&forMs=10                | kind must be one of hang, reset, slow, errors
			kind=hang                          | forMs must be a whole number between 1 and 600000
			kind=hang&forMs=600001             | forMs must be a whole number between 1 and 600000
			kind=slow&forMs=10                 | byMs must be a whole number between 1 and 60000
			kind=errors&forMs=10&percent=0     | percent must be a whole number between 1 and 100
			""")
	void whenTheFaultIsBadSaysWhichAndWhy(String query, String detail) throws Exception {
		HttpResponse<String> response = send("POST", "/faults?" + query);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("\"detail\":\"" + detail + "\"");
	}

	@Test
	void faultsAreBegunAndEndedAndNothingElse() throws Exception {
		HttpResponse<String> response = send("GET", "/faults");
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().firstValue("allow")).hasValue("POST, DELETE");
	}

	@Test
	void aFaultEndsByItselfAndOneReplacesAnother() {
		AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
		Faults faults = new Faults(clock::get);
		assertThat(faults.meet()).isNull();
		FaultRequest hang = new FaultRequest(FaultRequest.Kind.HANG, 10, 0, 100);
		FaultRequest reset = new FaultRequest(FaultRequest.Kind.RESET, 10, 0, 100);
		faults.begin(hang);
		assertThat(faults.meet()).isEqualTo(hang);
		faults.begin(reset);
		// The clock may have any origin, so that it may overflow.
		clock.addAndGet(9_999_999);
		assertThat(faults.meet()).isEqualTo(reset);
		clock.addAndGet(1);
		assertThat(faults.meet()).isNull();
		faults.begin(new FaultRequest(FaultRequest.Kind.ERRORS, 10, 0, 30));
		assertThat(IntStream.range(0, 1000).filter((number) -> faults.meet() != null)).hasSize(300);
		faults.end();
		assertThat(faults.meet()).isNull();
	}

	private static void assertWell() throws Exception {
		assertThat(send("GET", "/delay/0?id=5").body()).isEqualTo("{\"id\":5,\"delayMs\":0}");
	}

	private static void begin(String query) throws Exception {
		assertThat(send("POST", "/faults?" + query).statusCode()).isEqualTo(204);
	}

	private static double faults() throws Exception {
		return new Metrics(send("GET", "/metrics").body()).value("downstream_faults_total");
	}

	private static double answered() throws Exception {
		return new Metrics(send("GET", "/metrics").body()).value("downstream_delay_actual_seconds_count");
	}

	private static HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
		return CLIENT.send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port() + path))
			.timeout(Duration.ofSeconds(20));
	}

}
