package dev.threelanes.lane;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells what this lane is, from the thread that it answers on.
 */
@RestController
class WhoamiController {

	private final LaneProperties properties;

	private final Limits limits;

	WhoamiController(LaneProperties properties, Limits limits) {
		this.properties = properties;
		this.limits = limits;
	}

	@GetMapping("/api/whoami")
	Mono<Whoami> whoami() {
		return Mono.fromSupplier(() -> Whoami.of(this.properties, this.limits.server(), this.limits.inForce()));
	}

}
