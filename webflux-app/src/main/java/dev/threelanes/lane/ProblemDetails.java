package dev.threelanes.lane;

import org.springframework.http.HttpStatus;

/**
 * What a problem's detail says, by its status.
 */
final class ProblemDetails {

	private ProblemDetails() {
	}

	static String of(HttpStatus status) {
		return switch (status) {
			case BAD_REQUEST -> "The request cannot be understood";
			case NOT_FOUND -> "There is nothing at this path";
			case METHOD_NOT_ALLOWED -> "This path does not take this method";
			case NOT_ACCEPTABLE -> "Answers are JSON";
			case BAD_GATEWAY -> "The downstream service failed";
			case SERVICE_UNAVAILABLE -> "The request was not admitted: try again later";
			case GATEWAY_TIMEOUT -> "The downstream service took too long";
			default -> "The request could not be served";
		};
	}

}
