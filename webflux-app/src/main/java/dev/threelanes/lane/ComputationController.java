package dev.threelanes.lane;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Requests that keep a processor busy, on the thread that serves them.
 */
@RestController
@RequestMapping("/api")
class ComputationController {

	private final Downstream downstream;

	ComputationController(Downstream downstream) {
		this.downstream = downstream;
	}

	@GetMapping("/cpu")
	Mono<CpuAnswer> cpu(@RequestParam int rounds) {
		Parameter.ROUNDS.check(rounds);
		return Mono.fromCallable(() -> new CpuAnswer(rounds, Computation.result(rounds)));
	}

	@GetMapping("/mixed")
	Mono<MixedAnswer> mixed(@RequestParam int delayMs, @RequestParam int rounds) {
		Parameter.DELAY_MS.check(delayMs);
		Parameter.ROUNDS.check(rounds);
		return this.downstream.call(0, delayMs)
			.map((answer) -> new MixedAnswer(answer.delayMs(), rounds, Computation.result(rounds)));
	}

}
