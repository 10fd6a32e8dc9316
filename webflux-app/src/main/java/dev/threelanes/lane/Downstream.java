package dev.threelanes.lane;

import java.util.concurrent.TimeoutException;

import io.netty.handler.timeout.ReadTimeoutException;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The slow service, as this lane calls it.
 */
@Component
class Downstream {

	private final WebClient client;

	Downstream(WebClient.Builder builder, LaneProperties properties) {
		this.client = builder.baseUrl(properties.downstream().url().toString()).build();
	}

	/**
	 * Calls the slow service.
	 * @param id the number of the call
	 * @param delayMs how long it shall take, in milliseconds
	 * @return the answer, or a {@link DownstreamException} if there is no such answer
	 */
	Mono<DownstreamAnswer> call(int id, int delayMs) {
		return this.client.get()
			.uri("/delay/{delayMs}?id={id}", delayMs, id)
			.accept(MediaType.APPLICATION_JSON)
			.retrieve()
			.bodyToMono(DownstreamAnswer.class)
			.onErrorMap((ex) -> new DownstreamException(status(NestedExceptionUtils.getMostSpecificCause(ex)), ex))
			.filter(new DownstreamAnswer(id, delayMs)::equals)
			.switchIfEmpty(Mono.error(() -> new DownstreamException(HttpStatus.BAD_GATEWAY, null)));
	}

	private static HttpStatus status(Throwable cause) {
		return switch (cause) {
			// Only waiting for a connection ends with this one.
			case TimeoutException ex -> HttpStatus.SERVICE_UNAVAILABLE;
			case ReadTimeoutException ex -> HttpStatus.GATEWAY_TIMEOUT;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

}
