package dev.threelanes.lane;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Bounds the time in which the header of a request arrives. The server's own limits start
 * again with every byte, so that whoever sends one now and then would never meet them.
 */
@Component
@Profile("!stock")
class RequestTimeout implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private final int timeoutMs;

	RequestTimeout(LaneProperties properties) {
		this.timeoutMs = Math.toIntExact(properties.server().requestTimeout().toMillis());
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		TomcatProtocolHandlerCustomizer<Protocol> limit = (protocol) -> {
			// The upload is the body: this is how long it may be silent.
			protocol.setDisableUploadTimeout(false);
			protocol.setConnectionUploadTimeout(this.timeoutMs);
		};
		factory.setProtocol(Protocol.class.getName());
		factory.addProtocolHandlerCustomizers(limit);
	}

	/**
	 * HTTP/1.1 as Tomcat has it, but for the limit. Tomcat makes it by its name.
	 */
	public static final class Protocol extends Http11NioProtocol {

		@Override
		protected Processor createProcessor() {
			return new TimedProcessor(this, getAdapter());
		}

	}

	/**
	 * A request on its way in: called with each piece of its header that arrives.
	 */
	private static final class TimedProcessor extends Http11Processor {

		private final AbstractHttp11Protocol<?> limits;

		TimedProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
			super(protocol, adapter);
			this.limits = protocol;
		}

		@Override
		public SocketState service(SocketWrapperBase<?> socket) throws IOException {
			SocketState state = super.service(socket);
			if (state != SocketState.LONG || isAsync()) {
				return state;
			}
			// The rest of the header is missing.
			long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.request.getStartTimeNanos());
			long leftMs = this.limits.getConnectionUploadTimeout() - tookMs;
			if (leftMs <= 0) {
				return SocketState.CLOSED;
			}
			socket.setReadTimeout(leftMs);
			return state;
		}

	}

}
