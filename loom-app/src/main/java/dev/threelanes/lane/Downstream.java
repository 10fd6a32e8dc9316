package dev.threelanes.lane;

import java.net.SocketTimeoutException;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The slow service, as this lane calls it.
 */
@Component
class Downstream {

	private final RestClient client;

	Downstream(RestClient.Builder builder, LaneProperties properties) {
		this.client = builder.baseUrl(properties.downstream().url().toString()).build();
	}

	/**
	 * Calls the slow service.
	 * @param id the number of the call
	 * @param delayMs how long it shall take, in milliseconds
	 * @return the answer
	 * @throws DownstreamException if there is no such answer
	 */
	DownstreamAnswer call(int id, int delayMs) {
		DownstreamAnswer answer;
		try {
			answer = this.client.get()
				.uri("/delay/{delayMs}?id={id}", delayMs, id)
				.accept(MediaType.APPLICATION_JSON)
				.retrieve()
				.body(DownstreamAnswer.class);
		}
		catch (RestClientException ex) {
			throw new DownstreamException(status(NestedExceptionUtils.getMostSpecificCause(ex)), ex);
		}
		if (!new DownstreamAnswer(id, delayMs).equals(answer)) {
			throw new DownstreamException(HttpStatus.BAD_GATEWAY, null);
		}
		return answer;
	}

	private static HttpStatus status(Throwable cause) {
		return switch (cause) {
			case ConnectionRequestTimeoutException ex -> HttpStatus.SERVICE_UNAVAILABLE;
			case ConnectTimeoutException ex -> HttpStatus.BAD_GATEWAY;
			case SocketTimeoutException ex -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

}
