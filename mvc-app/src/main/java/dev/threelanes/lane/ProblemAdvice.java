package dev.threelanes.lane;

import java.util.concurrent.CompletionException;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every failure with a problem detail that has the same fields on every lane and
 * discloses nothing.
 */
@RestControllerAdvice
class ProblemAdvice {

	private static final Logger logger = LoggerFactory.getLogger(ProblemAdvice.class);

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(Exception ex, HttpServletRequest request) {
		String path = request.getRequestURI();
		return switch ((ex instanceof CompletionException) ? ex.getCause() : ex) {
			case ParameterException parameter -> Problems.of(parameter.parameter(), path);
			case MissingServletRequestParameterException missing -> unreadable(missing.getParameterName(), path);
			case MethodArgumentTypeMismatchException mismatch -> unreadable(mismatch.getName(), path);
			case NotAdmittedException refused -> Problems.of(HttpStatus.SERVICE_UNAVAILABLE, path);
			case DownstreamException downstream -> Problems.of(downstream.status(), path);
			case InvalidParameterException invalid -> Problems.of(HttpStatus.BAD_REQUEST, path);
			case TaskRejectedException rejected -> Problems.of(HttpStatus.SERVICE_UNAVAILABLE, path);
			case ErrorResponse response ->
				Problems.of(response.getStatusCode(), path, response.getHeaders().getAllow());
			default -> unexpected(ex, path);
		};
	}

	private static ResponseEntity<ProblemDetail> unreadable(String name, String path) {
		return Parameter.named(name)
			.map((parameter) -> Problems.of(parameter, path))
			.orElseGet(() -> Problems.of(HttpStatus.BAD_REQUEST, path));
	}

	private static ResponseEntity<ProblemDetail> unexpected(Exception ex, String path) {
		// A caller who went away is no fault of this service.
		if (!DisconnectedClientHelper.isClientDisconnectedException(ex)) {
			logger.error("Unexpected failure", ex);
		}
		return Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, path);
	}

}
