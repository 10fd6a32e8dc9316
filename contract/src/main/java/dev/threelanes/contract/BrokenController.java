package dev.threelanes.contract;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Faults of a lane's own, which no request to the real endpoints can bring about.
 */
@RestController
class BrokenController {

	static final String SECRET = "the password is swordfish";

	@GetMapping("/api/broken")
	String broken() {
		throw new IllegalStateException(SECRET);
	}

	@GetMapping("/api/asleep")
	String asleep() throws InterruptedException {
		Thread.sleep(1);
		return "slept";
	}

}
