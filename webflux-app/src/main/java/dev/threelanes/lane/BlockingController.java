package dev.threelanes.lane;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A request that blocks a thread: which one makes the mistake, or cures it.
 */
@RestController
@RequestMapping("/api")
class BlockingController {

	@GetMapping("/blocking")
	Mono<BlockingAnswer> blocking(@RequestParam int blockMs, @RequestParam String where) {
		Parameter.BLOCK_MS.check(blockMs);
		Mono<BlockingAnswer> answer = Mono.fromCallable(() -> block(blockMs, where));
		return switch (Where.of(where)) {
			// The mistake: this event loop serves many, and all of them wait.
			case HANDLER -> answer;
			// The cure: threads that may wait, ten for each processor.
			case WORKER -> answer.subscribeOn(Schedulers.boundedElastic());
			// A monitor belongs to a thread, so that one of those has to wait here too.
			case MONITOR ->
				Mono.fromCallable(() -> blockOwning(blockMs, where)).subscribeOn(Schedulers.boundedElastic());
		};
	}

	private static BlockingAnswer block(int blockMs, String where) {
		Blocking.block(blockMs);
		return new BlockingAnswer(blockMs, where);
	}

	private static BlockingAnswer blockOwning(int blockMs, String where) {
		BlockingAnswer answer = new BlockingAnswer(blockMs, where);
		Blocking.blockOwning(answer, blockMs);
		return answer;
	}

}
