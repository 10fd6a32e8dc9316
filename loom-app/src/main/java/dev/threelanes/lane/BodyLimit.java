package dev.threelanes.lane;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Takes the body of a request, which nothing here asks for, before anything is done for
 * the request: so much of it and no more, and for so long and no longer.
 */
@Component
@Profile("!stock")
@Order(0)
class BodyLimit extends OncePerRequestFilter {

	private final LaneProperties.Server limits;

	private final HandlerExceptionResolver problems;

	BodyLimit(LaneProperties properties, HandlerExceptionResolver handlerExceptionResolver) {
		this.limits = properties.server();
		this.problems = handlerExceptionResolver;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpStatus taken = take(request);
		if (taken == HttpStatus.OK) {
			chain.doFilter(request, response);
		}
		else {
			response.setHeader(HttpHeaders.CONNECTION, "close");
			this.problems.resolveException(request, response, null, new ResponseStatusException(taken));
		}
	}

	private HttpStatus take(HttpServletRequest request) {
		if (request.getContentLengthLong() > this.limits.maxBody().toBytes()) {
			return HttpStatus.CONTENT_TOO_LARGE;
		}
		long start = System.nanoTime();
		byte[] buffer = new byte[1024];
		long total = 0;
		try {
			InputStream body = request.getInputStream();
			for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
				total += count;
				if (total > this.limits.maxBody().toBytes()) {
					return HttpStatus.CONTENT_TOO_LARGE;
				}
				if (System.nanoTime() - start > this.limits.requestTimeout().toNanos()) {
					return HttpStatus.REQUEST_TIMEOUT;
				}
			}
			return HttpStatus.OK;
		}
		catch (IOException ex) {
			return (ex.getCause() instanceof SocketTimeoutException) ? HttpStatus.REQUEST_TIMEOUT
					: HttpStatus.BAD_REQUEST;
		}
	}

}
