package dev.threelanes.downstream;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers every request that the service receives.
 */
final class Routes implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

	private final DelayMetrics metrics;

	/** Absent if nobody may make this service fail. */
	private final @Nullable Faults faults;

	Routes(DelayMetrics metrics, @Nullable Faults faults) {
		this.metrics = metrics;
		this.faults = faults;
	}

	@Override
	public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
		long decodedNanos = System.nanoTime();
		try {
			QueryStringDecoder uri = decode(request.uri());
			String path = uri.path();
			if (path.startsWith(DelayRequest.PATH) && path.indexOf('/', DelayRequest.PATH.length()) < 0) {
				return isGet(request) ? delay(DelayRequest.of(uri), decodedNanos, response) : refuseMethod(response);
			}
			if (path.equals(FaultRequest.PATH) && this.faults != null) {
				return fault(this.faults, uri, request, response);
			}
			return switch (path) {
				case "/health" ->
					isGet(request) ? send(response, "application/json", "{\"status\":\"UP\"}") : refuseMethod(response);
				case "/metrics" -> isGet(request) ? metrics(response) : refuseMethod(response);
				default -> problem(response, HttpResponseStatus.NOT_FOUND,
						"The paths are /delay/{delayMs}?id={id}, /health and /metrics");
			};
		}
		catch (IllegalArgumentException ex) {
			return problem(response, HttpResponseStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
		}
	}

	private static QueryStringDecoder decode(String uri) {
		try {
			QueryStringDecoder decoder = new QueryStringDecoder(uri);
			// Both are decoded when first asked for.
			decoder.path();
			decoder.parameters();
			return decoder;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The address is not well encoded", ex);
		}
	}

	// On this machine only, and so by whoever could as well end the process.
	private static Mono<Void> fault(Faults faults, QueryStringDecoder uri, HttpServerRequest request,
			HttpServerResponse response) {
		if (request.remoteAddress() == null || !request.remoteAddress().getAddress().isLoopbackAddress()) {
			return problem(response, HttpResponseStatus.FORBIDDEN, "Faults are for callers on this machine");
		}
		if (HttpMethod.POST.equals(request.method())) {
			faults.begin(FaultRequest.of(uri));
			return response.status(HttpResponseStatus.NO_CONTENT).send();
		}
		if (HttpMethod.DELETE.equals(request.method())) {
			faults.end();
			return response.status(HttpResponseStatus.NO_CONTENT).send();
		}
		return problem(response.header(HttpHeaderNames.ALLOW, "POST, DELETE"), HttpResponseStatus.METHOD_NOT_ALLOWED,
				"The methods are POST and DELETE");
	}

	private Mono<Void> delay(DelayRequest request, long decodedNanos, HttpServerResponse response) {
		FaultRequest fault = (this.faults != null) ? this.faults.meet() : null;
		return (fault != null) ? failure(request, fault, response) : answer(request, decodedNanos, response);
	}

	private Mono<Void> failure(DelayRequest request, FaultRequest fault, HttpServerResponse response) {
		return Mono.defer(() -> {
			this.metrics.started();
			this.metrics.faulted();
			return switch (fault.kind()) {
				case HANG -> Mono.<Void>never();
				case RESET -> reset(response);
				case SLOW -> pause(request.delayMs() + fault.byMs(), response)
					.then(Mono.defer(() -> send(response, "application/json", request.body())));
				case ERRORS -> pause(request.delayMs(), response).then(Mono
					.defer(() -> problem(response, HttpResponseStatus.INTERNAL_SERVER_ERROR, "A fault on demand")));
			};
		}).doFinally((signal) -> this.metrics.ended());
	}

	// Without a lingering close the kernel sends a reset in place of an end.
	private static Mono<Void> reset(HttpServerResponse response) {
		response.withConnection((connection) -> {
			connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
			connection.channel().close();
		});
		return Mono.never();
	}

	private Mono<Void> answer(DelayRequest request, long decodedNanos, HttpServerResponse response) {
		return Mono.defer(() -> {
			this.metrics.started();
			return pause(request.delayMs(), response)
				.then(Mono.defer(() -> send(response, "application/json", request.body())))
				.doOnSuccess((done) -> this.metrics.answered(request.delayMs(), System.nanoTime() - decodedNanos))
				.doFinally((signal) -> this.metrics.ended());
		});
	}

	// The connection's own event loop keeps the time: no second thread, no hand-over, and
	// with the
	// native transport it wakes within microseconds, where a hashed wheel ticks every 10
	// ms.
	private static Mono<Void> pause(int delayMs, HttpServerResponse response) {
		return Mono.create((sink) -> response.withConnection((connection) -> {
			EventLoop loop = connection.channel().eventLoop();
			Future<?> alarm = loop.schedule(() -> sink.success(), delayMs, TimeUnit.MILLISECONDS);
			sink.onDispose(() -> alarm.cancel(false));
		}));
	}

	// Written on another thread: to format a few hundred lines would delay a whole event
	// loop.
	private Mono<Void> metrics(HttpServerResponse response) {
		return Mono.fromCallable(this.metrics::scrape)
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((text) -> send(response, "text/plain; version=0.0.4; charset=utf-8", text));
	}

	private static boolean isGet(HttpServerRequest request) {
		return HttpMethod.GET.equals(request.method());
	}

	private static Mono<Void> refuseMethod(HttpServerResponse response) {
		return problem(response.header(HttpHeaderNames.ALLOW, "GET"), HttpResponseStatus.METHOD_NOT_ALLOWED,
				"The only method is GET");
	}

	// Details never repeat what the caller sent, so nothing here needs escaping.
	private static Mono<Void> problem(HttpServerResponse response, HttpResponseStatus status, String detail) {
		return send(response.status(status), "application/problem+json",
				"{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
					.formatted(status.reasonPhrase(), status.code(), detail));
	}

	private static Mono<Void> send(HttpServerResponse response, String type, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return response.header(HttpHeaderNames.CONTENT_TYPE, type)
			.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length))
			.sendObject(Unpooled.wrappedBuffer(bytes))
			.then();
	}

}
