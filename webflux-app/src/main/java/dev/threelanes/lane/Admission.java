package dev.threelanes.lane;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityResultHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets a request in while there are few enough of them, and refuses it at once, before
 * anything was done for it, while there are not: a queue that nobody can serve in time
 * makes work of which nothing comes.
 */
@Component
@ConditionalOnExpression("${lane.admission.max-requests} > 0")
class Admission implements WebFilter {

	private final Bulkhead bulkhead;

	private final RequestMappingHandlerAdapter problems;

	private final ResponseEntityResultHandler answers;

	Admission(LaneProperties properties, RequestMappingHandlerAdapter problems, ResponseEntityResultHandler answers) {
		this.bulkhead = Bulkhead.of("admission", properties.admission().bulkhead());
		this.problems = problems;
		this.answers = answers;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!LaneProperties.Admission.concerns(exchange.getRequest().getPath().value())) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange)
			.transformDeferred(BulkheadOperator.of(this.bulkhead))
			.onErrorResume(BulkheadFullException.class,
					(full) -> this.problems.handleError(exchange, new NotAdmittedException(full))
						.flatMap((problem) -> this.answers.handleResult(exchange, problem)));
	}

}
