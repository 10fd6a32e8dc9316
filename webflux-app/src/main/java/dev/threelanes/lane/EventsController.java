package dev.threelanes.lane;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets callers wait for each other.
 */
@RestController
@RequestMapping("/api/events")
class EventsController {

	private final Events events;

	EventsController(Events events) {
		this.events = events;
	}

	@GetMapping("/next")
	Mono<ResponseEntity<EventAnswer>> next(@RequestParam int timeoutMs) {
		Parameter.TIMEOUT_MS.check(timeoutMs);
		return this.events.next(Duration.ofMillis(timeoutMs))
			.map(ResponseEntity::ok)
			.defaultIfEmpty(ResponseEntity.noContent().build());
	}

	@PostMapping
	Mono<WakeAnswer> wake(@RequestParam String wake) {
		int most = Parameter.WAKE.parse(wake);
		return Mono.fromSupplier(() -> this.events.wake(most));
	}

}
