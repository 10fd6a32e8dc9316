package dev.threelanes.lane;

import java.time.Duration;
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

	private final Duration callTimeout;

	Downstream(WebClient.Builder builder, LaneProperties properties) {
		this.callTimeout = properties.downstream().callTimeout();
		this.client = builder.baseUrl(properties.downstream().url().toString()).build();
	}

	/**
	 * Calls the slow service.
	 * @param id the number of the call
	 * @param delayMs how long it shall take, in milliseconds
	 * @return the answer, or a {@link DownstreamException} if there is no such answer
	 */
	Mono<DownstreamAnswer> call(int id, int delayMs) {
		Mono<DownstreamAnswer> answer = this.client.get()
			.uri("/delay/{delayMs}?id={id}", delayMs, id)
			.accept(MediaType.APPLICATION_JSON)
			.retrieve()
			.bodyToMono(DownstreamAnswer.class)
			.onErrorMap((ex) -> new DownstreamException(status(NestedExceptionUtils.getMostSpecificCause(ex)), ex))
			.filter(new DownstreamAnswer(id, delayMs)::equals)
			.switchIfEmpty(Mono.error(() -> new DownstreamException(HttpStatus.BAD_GATEWAY, null)));
		// The client's own limit starts again with every byte that trickles in; stock
		// settings have no other.
		return (this.callTimeout != null) ? answer.timeout(this.callTimeout,
				Mono.error(() -> new DownstreamException(HttpStatus.GATEWAY_TIMEOUT, null))) : answer;
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
