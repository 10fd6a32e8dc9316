package dev.threelanes.lane;

import java.net.URI;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * The problem details (RFC 9457) of all lanes: title, status, detail and instance. They
 * have no type, which means {@code about:blank}: the status says it all.
 */
final class Problems {

	private Problems() {
	}

	static ResponseEntity<ProblemDetail> of(HttpStatusCode code, String path) {
		return of(code, path, Set.of());
	}

	static ResponseEntity<ProblemDetail> of(HttpStatusCode code, String path, Set<HttpMethod> allowed) {
		HttpStatus status = HttpStatus.valueOf(code.value());
		ResponseEntity.BodyBuilder response = ResponseEntity.status(status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (!allowed.isEmpty()) {
			response.allow(allowed.toArray(HttpMethod[]::new));
		}
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			response.header(HttpHeaders.RETRY_AFTER, "1");
		}
		return response.body(problem(status, detail(status), path));
	}

	static ResponseEntity<ProblemDetail> of(Parameter parameter, String path) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST,
				"%s must be %s".formatted(parameter.parameterName(), parameter.demand()), path);
		problem.setProperty("parameter", parameter.parameterName());
		if (parameter.numeric()) {
			problem.setProperty("min", parameter.min());
			problem.setProperty("max", parameter.max());
		}
		else {
			problem.setProperty("allowed", parameter.words());
		}
		return ResponseEntity.badRequest().contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

	private static ProblemDetail problem(HttpStatus status, String detail, String path) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setTitle(status.getReasonPhrase());
		problem.setInstance(URI.create(path));
		return problem;
	}

	private static String detail(HttpStatus status) {
		return switch (status) {
			case BAD_REQUEST -> "The request cannot be understood";
			case NOT_FOUND -> "There is nothing at this path";
			case METHOD_NOT_ALLOWED -> "This path does not take this method";
			case NOT_ACCEPTABLE -> "Answers are JSON";
			case REQUEST_TIMEOUT -> "The request took too long to arrive";
			case CONTENT_TOO_LARGE -> "The body is too long";
			case BAD_GATEWAY -> "The downstream service failed";
			case SERVICE_UNAVAILABLE -> "The request was not admitted: try again later";
			case GATEWAY_TIMEOUT -> "The downstream service took too long";
			default -> "The request could not be served";
		};
	}

}
