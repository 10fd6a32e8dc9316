package dev.threelanes.lane;

/**
 * A request waited for its turn as long as it may, and did not get it.
 */
class NotAdmittedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NotAdmittedException(Throwable cause) {
		super(null, cause, false, false);
	}

}
