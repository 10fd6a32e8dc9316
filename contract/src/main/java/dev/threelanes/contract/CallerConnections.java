package dev.threelanes.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Connections of callers that each ask once and then stay, as browsers do.
 */
final class CallerConnections implements AutoCloseable {

	private final List<Socket> connections = new ArrayList<>();

	private final Set<Socket> answered = new HashSet<>();

	private final int port;

	CallerConnections(int port) {
		this.port = port;
	}

	void open(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			ask("/api/hello");
		}
	}

	void ask(String path) throws IOException {
		Socket connection = new Socket(InetAddress.getLoopbackAddress(), this.port);
		this.connections.add(connection);
		connection.getOutputStream()
			.write("GET %s HTTP/1.1\r\nHost: lane\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII));
	}

	void closeFirst(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			this.connections.removeFirst().close();
		}
	}

	/**
	 * Waits for answers.
	 * @param patience how long to wait for each
	 * @return how many of the open connections have been answered
	 * @throws IOException if one was closed instead
	 */
	int answered(Duration patience) throws IOException {
		for (Socket connection : this.connections) {
			if (!this.answered.contains(connection) && isAnswered(connection, patience)) {
				this.answered.add(connection);
			}
		}
		return (int) this.connections.stream().filter(this.answered::contains).count();
	}

	@Override
	public void close() throws IOException {
		closeFirst(this.connections.size());
	}

	private static boolean isAnswered(Socket connection, Duration patience) throws IOException {
		connection.setSoTimeout(Math.toIntExact(patience.toMillis()));
		try {
			String status = new String(connection.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
			if (!status.equals("HTTP/1.1 200")) {
				throw new IOException("Answered '" + status + "'");
			}
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

}
