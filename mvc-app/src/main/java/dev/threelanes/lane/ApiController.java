package dev.threelanes.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API that all lanes share.
 */
@RestController
@RequestMapping("/api")
class ApiController {

	private final Downstream downstream;

	private final AsyncTaskExecutor executor;

	ApiController(Downstream downstream, AsyncTaskExecutor applicationTaskExecutor) {
		this.downstream = downstream;
		this.executor = applicationTaskExecutor;
	}

	@GetMapping("/hello")
	HelloAnswer hello() {
		return new HelloAnswer("hello");
	}

	@GetMapping("/call")
	DownstreamAnswer call(@RequestParam int delayMs) {
		Parameter.DELAY_MS.check(delayMs);
		return this.downstream.call(0, delayMs);
	}

	@GetMapping("/chain")
	CallsAnswer chain(@RequestParam int calls, @RequestParam int delayMs) {
		Parameter.CALLS.check(calls);
		Parameter.DELAY_MS.check(delayMs);
		List<DownstreamAnswer> answers = new ArrayList<>(calls);
		for (int id = 0; id < calls; id++) {
			answers.add(this.downstream.call(id, delayMs));
		}
		return CallsAnswer.of(delayMs, answers);
	}

	@GetMapping("/fan-out")
	CallsAnswer fanOut(@RequestParam int calls, @RequestParam int delayMs) {
		Parameter.CALLS.check(calls);
		Parameter.DELAY_MS.check(delayMs);
		List<CompletableFuture<DownstreamAnswer>> answers = IntStream.range(0, calls)
			.mapToObj((id) -> this.executor.submitCompletable(() -> this.downstream.call(id, delayMs)))
			.toList();
		return CallsAnswer.of(delayMs, allOrFirstFailure(answers));
	}

	private static <T> List<T> allOrFirstFailure(List<CompletableFuture<T>> futures) {
		// The others then run to their end unheard: a blocking call cannot be called
		// back.
		CompletableFuture<Void> all = CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
		for (CompletableFuture<T> future : futures) {
			future.whenComplete((value, failure) -> {
				if (failure != null) {
					all.completeExceptionally(failure);
				}
			});
		}
		all.join();
		return futures.stream().map(CompletableFuture::join).toList();
	}

}
