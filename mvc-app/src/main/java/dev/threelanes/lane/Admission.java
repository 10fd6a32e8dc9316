package dev.threelanes.lane;

import java.io.IOException;

import io.github.resilience4j.bulkhead.Bulkhead;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Lets a request in while there are few enough of them, and refuses it at once, before
 * anything was done for it, while there are not: a queue that nobody can serve in time
 * makes work of which nothing comes.
 */
@Component
@ConditionalOnExpression("${lane.admission.max-requests} > 0")
class Admission extends OncePerRequestFilter {

	private final Bulkhead bulkhead;

	private final HandlerExceptionResolver problems;

	Admission(LaneProperties properties, HandlerExceptionResolver handlerExceptionResolver) {
		this.bulkhead = Bulkhead.of("admission", properties.admission().bulkhead());
		this.problems = handlerExceptionResolver;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !LaneProperties.Admission.concerns(request.getRequestURI());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.bulkhead.tryAcquirePermission()) {
			this.problems.resolveException(request, response, null, new NotAdmittedException(null));
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.bulkhead.onComplete();
		}
	}

}
