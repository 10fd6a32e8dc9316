package dev.threelanes.lane;

import org.springframework.core.task.AsyncTaskExecutor;
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

	private final AsyncTaskExecutor executor;

	BlockingController(AsyncTaskExecutor applicationTaskExecutor) {
		this.executor = applicationTaskExecutor;
	}

	@GetMapping("/blocking")
	BlockingAnswer blocking(@RequestParam int blockMs, @RequestParam String where) {
		Parameter.BLOCK_MS.check(blockMs);
		return switch (Where.of(where)) {
			// No mistake here: this thread is the request's own.
			case HANDLER -> block(blockMs, where);
			// Nor a cure: this thread waits all the same.
			case WORKER -> this.executor.submitCompletable(() -> block(blockMs, where)).join();
			// A virtual thread leaves its carrier even so, from JDK 24 on.
			case MONITOR -> blockOwning(blockMs, where);
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
