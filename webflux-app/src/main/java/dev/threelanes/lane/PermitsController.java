package dev.threelanes.lane;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A request that needs a permit.
 */
@RestController
@RequestMapping("/api")
class PermitsController {

	private final Permits permits;

	private final Downstream downstream;

	PermitsController(Permits permits, Downstream downstream) {
		this.permits = permits;
		this.downstream = downstream;
	}

	@GetMapping("/limited")
	Mono<DownstreamAnswer> limited(@RequestParam int delayMs) {
		Parameter.DELAY_MS.check(delayMs);
		return this.permits.with(this.downstream.call(0, delayMs));
	}

}
