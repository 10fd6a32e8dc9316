package dev.threelanes.lane;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Asks the database.
 */
@RestController
class QueryController {

	private final Database database;

	QueryController(Database database) {
		this.database = database;
	}

	@GetMapping("/api/query")
	Mono<QueryAnswer> query(@RequestParam int delayMs) {
		Parameter.DELAY_MS.check(delayMs);
		return this.database.query(delayMs);
	}

}
