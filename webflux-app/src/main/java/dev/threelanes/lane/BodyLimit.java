package dev.threelanes.lane;

import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityResultHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Takes the body of a request, which nothing here asks for, before anything is done for
 * the request: so much of it and no more, and for so long and no longer.
 */
@Component
@Profile("!stock")
@Order(0)
class BodyLimit implements WebFilter {

	private final LaneProperties.Server limits;

	private final RequestMappingHandlerAdapter problems;

	private final ResponseEntityResultHandler answers;

	BodyLimit(LaneProperties properties, RequestMappingHandlerAdapter problems, ResponseEntityResultHandler answers) {
		this.limits = properties.server();
		this.problems = problems;
		this.answers = answers;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		if (headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			return chain.filter(exchange);
		}
		return take(exchange.getRequest()).flatMap((taken) -> {
			if (taken == HttpStatus.OK) {
				return chain.filter(exchange);
			}
			// The server itself has answered what it cannot read.
			if (exchange.getResponse().isCommitted()) {
				return Mono.empty();
			}
			exchange.getResponse().getHeaders().setConnection("close");
			return this.problems.handleError(exchange, new ResponseStatusException(taken))
				.flatMap((problem) -> this.answers.handleResult(exchange, problem));
		});
	}

	private Mono<HttpStatus> take(ServerHttpRequest request) {
		if (request.getHeaders().getContentLength() > this.limits.maxBody().toBytes()) {
			return Mono.just(HttpStatus.CONTENT_TOO_LARGE);
		}
		return request.getBody()
			.map(BodyLimit::drop)
			.scan(0L, Long::sum)
			.any((total) -> total > this.limits.maxBody().toBytes())
			.map((more) -> more ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.OK)
			.timeout(this.limits.requestTimeout(), Mono.just(HttpStatus.REQUEST_TIMEOUT))
			.onErrorReturn(HttpStatus.BAD_REQUEST);
	}

	private static long drop(DataBuffer buffer) {
		int count = buffer.readableByteCount();
		DataBufferUtils.release(buffer);
		return count;
	}

}
