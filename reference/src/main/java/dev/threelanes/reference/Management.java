package dev.threelanes.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmCompilationMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * Tells of the JVM what Actuator tells of a lane's, at the same addresses and on a port
 * of its own. The calls themselves are not observed: that is part of what a lane costs.
 */
final class Management implements AutoCloseable {

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final JvmGcMetrics collections = new JvmGcMetrics();

	private final HttpServer server;

	private Management(HttpServer server) {
		this.server = server;
		new JvmMemoryMetrics().bindTo(this.registry);
		new JvmThreadMetrics().bindTo(this.registry);
		new JvmCompilationMetrics().bindTo(this.registry);
		new ProcessorMetrics().bindTo(this.registry);
		new UptimeMetrics().bindTo(this.registry);
		this.collections.bindTo(this.registry);
		if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
			FunctionCounter.builder("jvm.threads.allocated", threads, ThreadMXBean::getTotalThreadAllocatedBytes)
				.baseUnit("bytes")
				.register(this.registry);
		}
	}

	/**
	 * Begins to tell; whoever finds it finds the reference ready.
	 * @param port where
	 * @return what tells
	 */
	static Management start(int port) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
			Management management = new Management(server);
			server.createContext("/actuator/health/readiness",
					(exchange) -> answer(exchange, Call.JSON, "{\"status\":\"UP\"}"));
			server.createContext("/actuator/prometheus", (exchange) -> answer(exchange,
					"text/plain; version=0.0.4; charset=utf-8", management.registry.scrape()));
			server.start();
			return management;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	private static void answer(HttpExchange exchange, String type, String text) throws IOException {
		try (exchange) {
			byte[] body = text.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", type);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.collections.close();
	}

}
