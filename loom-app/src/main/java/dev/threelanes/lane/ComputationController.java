package dev.threelanes.lane;

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
	CpuAnswer cpu(@RequestParam int rounds) {
		Parameter.ROUNDS.check(rounds);
		return new CpuAnswer(rounds, Computation.result(rounds));
	}

	@GetMapping("/mixed")
	MixedAnswer mixed(@RequestParam int delayMs, @RequestParam int rounds) {
		Parameter.DELAY_MS.check(delayMs);
		Parameter.ROUNDS.check(rounds);
		DownstreamAnswer answer = this.downstream.call(0, delayMs);
		return new MixedAnswer(answer.delayMs(), rounds, Computation.result(rounds));
	}

}
