package dev.threelanes.lane;

import java.time.Duration;

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
	ResponseEntity<EventAnswer> next(@RequestParam int timeoutMs) throws InterruptedException {
		Parameter.TIMEOUT_MS.check(timeoutMs);
		return this.events.next(Duration.ofMillis(timeoutMs))
			.map(ResponseEntity::ok)
			.orElseGet(() -> ResponseEntity.noContent().build());
	}

	@PostMapping
	WakeAnswer wake(@RequestParam String wake) {
		return this.events.wake(Parameter.WAKE.parse(wake));
	}

}
