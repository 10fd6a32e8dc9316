package dev.threelanes.runner;

/**
 * Why a run could not be made, in words for the person who asked for it.
 */
final class RunFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RunFailure(String message) {
		super(message);
	}

	RunFailure(String message, Throwable cause) {
		super(message, cause);
	}

}
