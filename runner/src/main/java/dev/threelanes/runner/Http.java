package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Small GET requests to the processes of a run.
 */
final class Http {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	private Http() {
	}

	/**
	 * Gets a text.
	 * @param uri the address
	 * @return the body of an answer with status 200
	 * @throws IOException if there is no such answer within 5 seconds
	 * @throws InterruptedException if the run is being stopped
	 */
	static String get(URI uri) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
		HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IOException("%s answered with status %d".formatted(uri, response.statusCode()));
		}
		return response.body();
	}

}
