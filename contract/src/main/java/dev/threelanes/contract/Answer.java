package dev.threelanes.contract;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What a lane answered.
 *
 * @param status the status
 * @param contentType the content type, or nothing
 * @param body the body
 * @param response all of it
 * @param took how long it took
 */
record Answer(int status, String contentType, String body, HttpResponse<String> response, Duration took) {

	static Answer of(HttpResponse<String> response, Duration took) {
		return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
				response.body(), response, took);
	}

	Optional<String> header(String name) {
		return this.response.headers().firstValue(name);
	}

}
