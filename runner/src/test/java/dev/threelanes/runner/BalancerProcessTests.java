package dev.threelanes.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class BalancerProcessTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void everyJvmIsConfiguredAlikeAndOnlyThisMachineIsServed() {
		String configuration = BalancerProcess
			.configuration(List.of(URI.create("http://127.0.0.1:8101"), URI.create("http://127.0.0.1:8102")), 8092);
		assertThat(configuration).contains("bind 127.0.0.1:8092\n", "balance roundrobin\n",
				"server jvm-1 127.0.0.1:8101\n", "server jvm-2 127.0.0.1:8102\n", "nbthread 1\n");
	}

	@Test
	void eachRequestGoesToTheNextInTurn() throws Exception {
		List<AtomicInteger> asked = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
		List<HttpServer> servers = new ArrayList<>();
		for (AtomicInteger count : asked) {
			servers.add(server(count));
		}
		BalancerProcess balancer = BalancerProcess.startWhereThereIsOne(servers.stream()
			.map((server) -> URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
			.toList(), freePort(), "", this.folder.resolve("lane.log"));
		try {
			assumeThat(balancer).as("HAProxy").isNotNull();
			Objects.requireNonNull(balancer);
			assertThat(balancer.name()).startsWith("HAProxy ").endsWith(", round robin");
			asked.forEach((count) -> count.set(0));
			for (int i = 0; i < 12; i++) {
				Http.get(balancer.baseUrl().resolve("/api/hello"));
			}
			assertThat(asked).extracting(AtomicInteger::get).containsExactly(4, 4, 4);
			assertThat(balancer.isAlive()).isTrue();
		}
		finally {
			if (balancer != null) {
				balancer.close();
				assertThat(balancer.isAlive()).isFalse();
			}
			servers.forEach((server) -> server.stop(0));
		}
	}

	private static HttpServer server(AtomicInteger count) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			count.incrementAndGet();
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
		return server;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
