package dev.threelanes.deployment.kubernetes;

/**
 * Who may call whom.
 *
 * @param from the caller's component
 * @param to the called component
 * @param port the port
 * @param protocol {@code TCP} or {@code UDP}
 */
record Edge(String from, String to, int port, String protocol) {

	static Edge tcp(String from, String to, int port) {
		return new Edge(from, to, port, "TCP");
	}

	static Edge udp(String from, String to, int port) {
		return new Edge(from, to, port, "UDP");
	}

	@Override
	public String toString() {
		return "%s -> %s:%d/%s".formatted(this.from, this.to, this.port, this.protocol);
	}

}
