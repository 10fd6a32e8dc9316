package dev.threelanes.gatling;

/**
 * How a request ended, packed into an {@code int} so that recording allocates nothing.
 */
final class Outcome {

	/** Not answered yet. */
	static final int PENDING = 0;

	/** The expected status and body. */
	static final int CORRECT = 1;

	/** The expected status with another body. */
	static final int WRONG_ANSWER = 2;

	/** No answer at all: time-out, connection refused or reset. */
	static final int NO_ANSWER = 3;

	/** The expected status. */
	static final int EXPECTED_STATUS = 200;

	private Outcome() {
	}

	/**
	 * The outcome of a failed request.
	 * @param status the answer's status, or 0 if there was no answer
	 * @return the outcome; an unexpected status stands for itself
	 */
	static int failed(int status) {
		return switch (status) {
			case 0 -> NO_ANSWER;
			case EXPECTED_STATUS -> WRONG_ANSWER;
			default -> status;
		};
	}

	/**
	 * The class of a failure in files and on the page.
	 * @param outcome the outcome
	 * @return the class
	 */
	static String failureClass(int outcome) {
		return switch (outcome) {
			case WRONG_ANSWER -> "wrong-answer";
			case NO_ANSWER -> "no-answer";
			case PENDING -> "unfinished";
			default -> "status-" + outcome;
		};
	}

}
