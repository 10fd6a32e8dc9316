package dev.threelanes.downstream;

import java.util.Properties;

/**
 * Where the service listens. An argument wins over the system property of the same name
 * with the prefix {@code downstream.}, which wins over the default.
 *
 * @param address the address to listen on, an IP address or a host name of this machine
 * @param port the port to listen on, 0 for any free one
 * @param faults whether callers on this machine may make it fail
 */
record Options(String address, int port, boolean faults) {

	static final String USAGE = "Usage: downstream [--address=127.0.0.1] [--port=8090, 0 for any free port] [--faults]";

	private static final int MAX_PORT = 65_535;

	Options {
		if (address.isBlank()) {
			throw new IllegalArgumentException("--address must not be empty");
		}
		if (port < 0 || port > MAX_PORT) {
			throw new IllegalArgumentException("--port must be between 0 and %d, not %d".formatted(MAX_PORT, port));
		}
	}

	static Options parse(String[] arguments, Properties properties) {
		String address = properties.getProperty("downstream.address", "127.0.0.1");
		String port = properties.getProperty("downstream.port", "8090");
		boolean faults = Boolean.parseBoolean(properties.getProperty("downstream.faults"));
		for (String argument : arguments) {
			if (argument.startsWith("--address=")) {
				address = argument.substring("--address=".length());
			}
			else if (argument.startsWith("--port=")) {
				port = argument.substring("--port=".length());
			}
			else if (argument.equals("--faults")) {
				faults = true;
			}
			else {
				throw new IllegalArgumentException("unknown option '%s'".formatted(argument));
			}
		}
		return new Options(address, parsePort(port), faults);
	}

	private static int parsePort(String port) {
		try {
			return Integer.parseInt(port);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"--port must be a whole number between 0 and %d, not '%s'".formatted(MAX_PORT, port), ex);
		}
	}

}
