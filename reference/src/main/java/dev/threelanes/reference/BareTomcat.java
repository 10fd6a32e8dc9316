package dev.threelanes.reference;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.Timeout;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * A servlet of Tomcat in front of Apache's client, a virtual thread for each request: the
 * libraries of the blocking lanes, each with its defaults but for the limits on
 * connections and on silence.
 */
final class BareTomcat implements Bare {

	private final Tomcat tomcat;

	private final CloseableHttpClient client;

	private BareTomcat(Tomcat tomcat, CloseableHttpClient client) {
		this.tomcat = tomcat;
		this.client = client;
	}

	static BareTomcat start(int port, URI downstream) {
		CloseableHttpClient client = HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setMaxConnTotal(Call.MOST_CONNECTIONS)
				.setMaxConnPerRoute(Call.MOST_CONNECTIONS)
				.setConnPoolPolicy(PoolReusePolicy.LIFO)
				// By default three minutes, which a virtual thread pays for with each
				// read.
				.setDefaultConnectionConfig(ConnectionConfig.custom().setSocketTimeout(Timeout.DISABLED).build())
				.build())
			.disableAutomaticRetries()
			.build();
		Connector connector = new Connector(Http11NioProtocol.class.getName());
		Http11NioProtocol http = (Http11NioProtocol) connector.getProtocolHandler();
		http.setAddress(InetAddress.getLoopbackAddress());
		http.setExecutor(new VirtualThreadExecutor("bare-"));
		http.setMaxConnections(Call.MOST_CONNECTIONS);
		http.setAcceptCount(Call.BACKLOG);
		http.setMaxKeepAliveRequests(-1);
		connector.setPort(port);
		Tomcat tomcat = new Tomcat();
		// It keeps nothing there.
		tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
		tomcat.setConnector(connector);
		Context context = tomcat.addContext("", null);
		Tomcat.addServlet(context, "bare", new CallServlet(client, HttpHost.create(downstream)));
		context.addServletMappingDecoded("/api/*", "bare");
		try {
			tomcat.start();
			if (connector.getLocalPort() < 0) {
				throw new IllegalStateException("the port is taken");
			}
			return new BareTomcat(tomcat, client);
		}
		catch (LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public void close() {
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
			this.client.close();
		}
		catch (LifecycleException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Answers every request.
	 */
	private static final class CallServlet extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private final transient CloseableHttpClient client;

		private final transient HttpHost downstream;

		private final byte[] identity = Identity.of(Options.Kind.TOMCAT).getBytes(StandardCharsets.UTF_8);

		CallServlet(CloseableHttpClient client, HttpHost downstream) {
			this.client = client;
			this.downstream = downstream;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			switch (request.getRequestURI()) {
				case Identity.PATH -> json(response, this.identity);
				case Call.PATH -> {
					OptionalInt delayMs = Call.delayMs(request.getQueryString());
					if (delayMs.isPresent()) {
						call(delayMs.getAsInt(), response);
					}
					else {
						response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
					}
				}
				default -> response.setStatus(HttpServletResponse.SC_NOT_FOUND);
			}
		}

		private void call(int delayMs, HttpServletResponse response) throws IOException {
			byte[] body;
			try {
				body = this.client.execute(this.downstream, new HttpGet(Call.target(delayMs)), CallServlet::body);
			}
			catch (IOException ex) {
				body = new byte[0];
			}
			if (body.length == 0) {
				response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
			}
			else {
				json(response, body);
			}
		}

		private static byte[] body(ClassicHttpResponse answer) throws IOException {
			byte[] body = EntityUtils.toByteArray(answer.getEntity());
			return (answer.getCode() == HttpServletResponse.SC_OK && body != null) ? body : new byte[0];
		}

		private static void json(HttpServletResponse response, byte[] body) throws IOException {
			response.setContentType(Call.JSON);
			response.setContentLength(body.length);
			response.getOutputStream().write(body);
		}

	}

}
