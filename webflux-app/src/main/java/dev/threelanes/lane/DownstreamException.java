package dev.threelanes.lane;

import org.springframework.http.HttpStatus;

/**
 * A call to the slow service, or to the database, did not succeed.
 */
class DownstreamException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	DownstreamException(HttpStatus status, Throwable cause) {
		super(cause);
		this.status = status;
	}

	/**
	 * What this lane answers: 502 failed, 503 no connection to be had, 504 too slow.
	 * @return the status
	 */
	HttpStatus status() {
		return this.status;
	}

}
