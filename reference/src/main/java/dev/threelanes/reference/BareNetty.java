package dev.threelanes.reference;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Reactor Netty's server in front of Reactor Netty's client, on the same event loops. Of
 * the limits it has those on connections, and none on time.
 */
final class BareNetty implements Bare {

	private static final Duration ACQUIRED_WITHIN = Duration.ofSeconds(10);

	private final DisposableServer server;

	private BareNetty(DisposableServer server) {
		this.server = server;
	}

	static BareNetty start(int port, URI downstream) {
		LoopResources loops = LoopResources.create("bare", LoopResources.DEFAULT_IO_WORKER_COUNT, true);
		HttpClient client = HttpClient
			.create(ConnectionProvider.builder("downstream")
				.maxConnections(Call.MOST_CONNECTIONS)
				.pendingAcquireMaxCount(-1)
				.pendingAcquireTimeout(ACQUIRED_WITHIN)
				.lifo()
				.build())
			.runOn(loops)
			.baseUrl(downstream.toString());
		String identity = Identity.of(Options.Kind.NETTY);
		return new BareNetty(HttpServer.create()
			.host("127.0.0.1")
			.port(port)
			.runOn(loops)
			.option(ChannelOption.SO_BACKLOG, Call.BACKLOG)
			.handle((request, response) -> answer(request, response, client, identity))
			.bindNow());
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response, HttpClient client,
			String identity) {
		String uri = request.uri();
		if (!HttpMethod.GET.equals(request.method())) {
			return response.status(HttpResponseStatus.METHOD_NOT_ALLOWED).send();
		}
		if (uri.startsWith(Call.PATH + "?")) {
			OptionalInt delayMs = Call.delayMs(uri.substring(Call.PATH.length() + 1));
			return delayMs.isPresent() ? call(client, delayMs.getAsInt(), response)
					: response.status(HttpResponseStatus.BAD_REQUEST).send();
		}
		return uri.equals(Identity.PATH) ? json(response, identity.getBytes(StandardCharsets.UTF_8))
				: response.sendNotFound();
	}

	private static Mono<Void> call(HttpClient client, int delayMs, HttpServerResponse response) {
		return client.get()
			.uri(Call.target(delayMs))
			.responseSingle((answer, body) -> HttpResponseStatus.OK.equals(answer.status()) ? body.asByteArray()
					: Mono.<byte[]>empty())
			.onErrorComplete()
			.map((body) -> json(response, body))
			.defaultIfEmpty(Mono.defer(() -> response.status(HttpResponseStatus.BAD_GATEWAY).send().then()))
			.flatMap((sent) -> sent);
	}

	private static Mono<Void> json(HttpServerResponse response, byte[] body) {
		return response.header(HttpHeaderNames.CONTENT_TYPE, Call.JSON)
			.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
			.sendObject(Unpooled.wrappedBuffer(body))
			.then();
	}

	@Override
	public int port() {
		return this.server.port();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
