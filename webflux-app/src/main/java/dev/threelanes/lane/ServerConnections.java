package dev.threelanes.lane;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import reactor.netty.NettyPipeline;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * What the server grants a connection: some time for the header of a request. Its own
 * limits start again with every byte, so that whoever sends one now and then would never
 * meet them. Buffers belong to the event loops and not to connections.
 */
@Component
@Profile("!stock")
class ServerConnections implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private final long timeoutMs;

	ServerConnections(LaneProperties properties) {
		this.timeoutMs = properties.server().requestTimeout().toMillis();
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers((server) -> server.doOnChannelInit((observer, channel, address) -> {
			Arrival arrival = new Arrival(this.timeoutMs);
			ChannelPipeline pipeline = channel.pipeline();
			pipeline.addBefore(NettyPipeline.HttpCodec, "bytes", arrival.bytes());
			pipeline.addAfter(NettyPipeline.HttpCodec, "messages", arrival.messages());
		}));
	}

	/**
	 * The requests of a connection on their way in: bytes before the decoder, messages
	 * behind it. All of it runs on the connection's event loop.
	 */
	private static final class Arrival {

		private final long timeoutMs;

		private boolean inHeader;

		private boolean inMessage;

		private Future<?> end;

		Arrival(long timeoutMs) {
			this.timeoutMs = timeoutMs;
		}

		ChannelHandler bytes() {
			return new ChannelInboundHandlerAdapter() {

				@Override
				public void channelRead(ChannelHandlerContext connection, Object bytes) {
					Arrival.this.inHeader |= !Arrival.this.inMessage;
					connection.fireChannelRead(bytes);
					// A header that comes in one piece needs no timer.
					if (Arrival.this.inHeader && Arrival.this.end == null) {
						Arrival.this.end = connection.executor()
							.schedule(() -> connection.close(), Arrival.this.timeoutMs, TimeUnit.MILLISECONDS);
					}
				}

				@Override
				public void channelInactive(ChannelHandlerContext connection) {
					headerEnds();
					connection.fireChannelInactive();
				}

			};
		}

		ChannelHandler messages() {
			return new ChannelInboundHandlerAdapter() {

				@Override
				public void channelRead(ChannelHandlerContext connection, Object message) {
					if (message instanceof HttpRequest) {
						headerEnds();
						Arrival.this.inMessage = true;
					}
					if (message instanceof LastHttpContent) {
						Arrival.this.inMessage = false;
					}
					connection.fireChannelRead(message);
				}

			};
		}

		private void headerEnds() {
			this.inHeader = false;
			if (this.end != null) {
				this.end.cancel(false);
				this.end = null;
			}
		}

	}

}
