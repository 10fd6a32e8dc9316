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
 * What the server grants a connection: some time for the header of a request, and some
 * memory. Its own limits on time start again with every byte, so that whoever sends one
 * now and then would never meet them; and of its buffers each request that waits holds
 * eight, made for far longer headers and bodies than there are here.
 */
@Component
@Profile("!stock")
class ServerConnections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	/** Longer requests and answers go through in pieces; an answer's header must fit. */
	private static final int BUFFER_BYTES = 1024;

	private final int timeoutMs;

	ServerConnections(LaneProperties properties) {
		this.timeoutMs = Math.toIntExact(properties.server().requestTimeout().toMillis());
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		TomcatProtocolHandlerCustomizer<Protocol> limits = (protocol) -> {
			// The upload is the body: this is how long it may be silent.
			protocol.setDisableUploadTimeout(false);
			protocol.setConnectionUploadTimeout(this.timeoutMs);
			protocol.setProperty("socket.appReadBufSize", Integer.toString(BUFFER_BYTES));
			protocol.setProperty("socket.appWriteBufSize", Integer.toString(BUFFER_BYTES));
			protocol.setMaxTrailerSize(BUFFER_BYTES);
		};
		factory.setProtocol(Protocol.class.getName());
		factory.addProtocolHandlerCustomizers(limits);
	}

	/**
	 * HTTP/1.1 as Tomcat has it, but for the limits. Tomcat makes it by its name.
	 */
	public static final class Protocol extends Http11NioProtocol {

		@Override
		protected Processor createProcessor() {
			return new TimedProcessor(this, getAdapter());
		}

		/** Of what is written and not sent yet, as bytes and as characters. */
		@Override
		public int getDesiredBufferSize() {
			return BUFFER_BYTES;
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
