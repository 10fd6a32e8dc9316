package dev.threelanes.reference;

import dev.threelanes.reference.Options.Kind;

/**
 * Starts a reference: it does what the lanes' {@code /api/call} does, on this machine
 * only, with as little between server and client as there can be.
 */
public final class Reference {

	private static final int BAD_USAGE = 2;

	private static final int COULD_NOT_RUN = 3;

	private Reference() {
	}

	/**
	 * Runs a reference until it is told to end.
	 * @param arguments {@code --kind=}, {@code --port=}, {@code --management-port=} and
	 * {@code --downstream=}
	 * @throws InterruptedException if the process is being stopped
	 */
	public static void main(String[] arguments) throws InterruptedException {
		Options options;
		try {
			options = Options.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println("reference: " + ex.getMessage());
			System.err.println(Options.USAGE);
			System.exit(BAD_USAGE);
			return;
		}
		try {
			Bare bare = start(options);
			Management management = Management.start(options.managementPort());
			System.out.println("%s listening on 127.0.0.1:%d, metrics on %d".formatted(options.kind().id(), bare.port(),
					management.port()));
		}
		catch (RuntimeException ex) {
			System.err.println("reference: cannot listen on 127.0.0.1:%d and %d: %s".formatted(options.port(),
					options.managementPort(), ex.getMessage()));
			System.exit(COULD_NOT_RUN);
		}
		Thread.currentThread().join();
	}

	static Bare start(Options options) {
		return (options.kind() == Kind.NETTY) ? BareNetty.start(options.port(), options.downstream())
				: BareTomcat.start(options.port(), options.downstream());
	}

}
