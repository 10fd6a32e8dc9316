package dev.threelanes.lane;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API that all lanes share.
 */
@RestController
@RequestMapping("/api")
class ApiController {

	private final Downstream downstream;

	ApiController(Downstream downstream) {
		this.downstream = downstream;
	}

	@GetMapping("/hello")
	Mono<HelloAnswer> hello() {
		return Mono.just(new HelloAnswer("hello"));
	}

	@GetMapping("/call")
	Mono<DownstreamAnswer> call(@RequestParam int delayMs) {
		Parameter.DELAY_MS.check(delayMs);
		return this.downstream.call(0, delayMs);
	}

	@GetMapping("/chain")
	Mono<CallsAnswer> chain(@RequestParam int calls, @RequestParam int delayMs) {
		Parameter.CALLS.check(calls);
		Parameter.DELAY_MS.check(delayMs);
		return Flux.range(0, calls)
			.concatMap((id) -> this.downstream.call(id, delayMs))
			.collectList()
			.map((answers) -> CallsAnswer.of(delayMs, answers));
	}

	@GetMapping("/fan-out")
	Mono<CallsAnswer> fanOut(@RequestParam int calls, @RequestParam int delayMs) {
		Parameter.CALLS.check(calls);
		Parameter.DELAY_MS.check(delayMs);
		return Flux.range(0, calls)
			.flatMapSequential((id) -> this.downstream.call(id, delayMs), calls)
			.collectList()
			.map((answers) -> CallsAnswer.of(delayMs, answers));
	}

}
