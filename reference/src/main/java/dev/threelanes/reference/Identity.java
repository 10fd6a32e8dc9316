package dev.threelanes.reference;

/**
 * What a reference says of itself, so that a run drives the one that it started.
 */
final class Identity {

	static final String PATH = "/api/whoami";

	private Identity() {
	}

	/**
	 * The answer.
	 * @param kind which reference this process is
	 * @return JSON without anything that needs escaping
	 */
	static String of(Options.Kind kind) {
		return "{\"reference\":\"%s\",\"pid\":%d,\"jdk\":\"%s\"}".formatted(kind.id(), ProcessHandle.current().pid(),
				Runtime.version());
	}

}
