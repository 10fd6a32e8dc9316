package dev.threelanes.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A caller who sends what it likes, as slowly as it likes, and sees how it is got rid of.
 */
final class HostileCaller implements AutoCloseable {

	private final Socket connection;

	private final long start = System.nanoTime();

	HostileCaller(int port) throws IOException {
		this.connection = new Socket(InetAddress.getLoopbackAddress(), port);
		this.connection.setTcpNoDelay(true);
	}

	/**
	 * Sends all of it at once, or as much as is taken.
	 * @param text what to send
	 * @return this caller
	 */
	HostileCaller send(String text) {
		try {
			this.connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			// It has been got rid of already.
		}
		return this;
	}

	/**
	 * Sends a byte now and then for as long as somebody takes it.
	 * @param text what to send, again and again
	 * @param pause between two bytes
	 * @return this caller, who does not wait for it
	 */
	HostileCaller trickle(String text, Duration pause) {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		Thread.ofVirtual().start(() -> {
			try {
				for (int i = 0; !this.connection.isClosed(); i++) {
					this.connection.getOutputStream().write(bytes[i % bytes.length]);
					Thread.sleep(pause);
				}
			}
			catch (IOException | InterruptedException ex) {
				// It has been got rid of.
			}
		});
		return this;
	}

	/**
	 * Waits for the end of the connection.
	 * @param patience how long at most
	 * @return what became of it
	 * @throws IOException if that cannot be told
	 */
	End end(Duration patience) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		boolean closed = false;
		try {
			InputStream in = this.connection.getInputStream();
			while (!closed) {
				long leftMs = patience.toMillis() - took().toMillis();
				this.connection.setSoTimeout((int) Math.max(1, leftMs));
				int next = in.read();
				closed = next < 0;
				if (!closed) {
					answer.write(next);
				}
			}
		}
		catch (SocketTimeoutException ex) {
			// Still open.
		}
		catch (IOException ex) {
			// Reset: it wrote when nobody read any more.
			closed = true;
		}
		return new End(answer.toString(StandardCharsets.ISO_8859_1), closed, took());
	}

	@Override
	public void close() throws IOException {
		this.connection.close();
	}

	private Duration took() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	/**
	 * What became of a hostile caller.
	 *
	 * @param answer all that it was answered
	 * @param closed whether the connection was closed
	 * @param took how long all of it took
	 */
	record End(String answer, boolean closed, Duration took) {

		/**
		 * The status of the answer.
		 * @return the status, or 0 without an answer
		 */
		int status() {
			return this.answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(this.answer.substring(9, 12)) : 0;
		}

	}

}
