package dev.threelanes.lane;

import java.net.URI;
import java.util.concurrent.CompletionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebInputException;

/**
 * Answers every failure with a problem detail (RFC 9457) that has the same fields on
 * every lane and discloses nothing.
 */
@RestControllerAdvice
class ProblemAdvice {

	private static final Logger logger = LoggerFactory.getLogger(ProblemAdvice.class);

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(Exception ex, ServerHttpRequest request) {
		Throwable failure = (ex instanceof CompletionException) ? ex.getCause() : ex;
		return switch (failure) {
			case ParameterException parameter -> outOfBounds(parameter.parameter(), request);
			case MissingRequestValueException missing -> unreadable(missing.getName(), request);
			case ServerWebInputException mismatch ->
				unreadable(mismatch.getMethodParameter().getParameterName(), request);
			case DownstreamException downstream -> problem(downstream.status(), new HttpHeaders(), request);
			case TaskRejectedException rejected -> problem(HttpStatus.SERVICE_UNAVAILABLE, new HttpHeaders(), request);
			case ErrorResponse response -> problem(response.getStatusCode(), response.getHeaders(), request);
			default -> {
				logger.error("Unexpected failure", failure);
				yield problem(HttpStatus.INTERNAL_SERVER_ERROR, new HttpHeaders(), request);
			}
		};
	}

	private ResponseEntity<ProblemDetail> unreadable(String name, ServerHttpRequest request) {
		return Parameter.named(name)
			.map((parameter) -> outOfBounds(parameter, request))
			.orElseGet(() -> problem(HttpStatus.BAD_REQUEST, new HttpHeaders(), request));
	}

	private ResponseEntity<ProblemDetail> outOfBounds(Parameter parameter, ServerHttpRequest request) {
		ResponseEntity<ProblemDetail> response = problem(HttpStatus.BAD_REQUEST, new HttpHeaders(), request);
		ProblemDetail problem = response.getBody();
		problem.setDetail("%s must be a whole number from %d to %d".formatted(parameter.parameterName(),
				parameter.min(), parameter.max()));
		problem.setProperty("parameter", parameter.parameterName());
		problem.setProperty("min", parameter.min());
		problem.setProperty("max", parameter.max());
		return response;
	}

	private ResponseEntity<ProblemDetail> problem(HttpStatusCode code, HttpHeaders headers, ServerHttpRequest request) {
		HttpStatus status = HttpStatus.valueOf(code.value());
		ProblemDetail problem = ProblemDetail.forStatus(status);
		problem.setTitle(status.getReasonPhrase());
		problem.setDetail(ProblemDetails.of(status));
		problem.setInstance(URI.create(request.getPath().value()));
		ResponseEntity.BodyBuilder response = ResponseEntity.status(status)
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			response.header(HttpHeaders.RETRY_AFTER, "1");
		}
		return response.body(problem);
	}

}
