package dev.threelanes.experiments;

import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * What a user of an experiment asks for, and the only answer that counts as correct.
 *
 * @param target path and query of a GET request
 * @param expectedBody the body of a correct answer, to the letter; absent for a service
 * of the reader's own, of which any answer with status 200 is correct
 * @param weight how much work it is, in simple calls: the warm-up asks for that many
 * fewer
 * @param depth how many of its calls follow each other, so that an answer takes at least
 * depth × D
 * @param status the only status that counts
 */
public record Request(String target, @Nullable String expectedBody, int weight, int depth, int status) {

	private static final int OK = 200;

	private static final int NO_CONTENT = 204;

	private static final int COMPUTING_WEIGHT = 5;

	private static final Map<Integer, String> RESULTS = new ConcurrentHashMap<>();

	/**
	 * A request that is answered with status 200.
	 * @param target path and query of a GET request
	 * @param expectedBody the body of a correct answer, or {@code null} for any
	 * @param weight how much work it is, in simple calls
	 * @param depth how many of its calls follow each other
	 */
	public Request(String target, @Nullable String expectedBody, int weight, int depth) {
		this(target, expectedBody, weight, depth, OK);
	}

	/**
	 * A request that waits for one call.
	 * @param target path and query of a GET request
	 * @param expectedBody the body of a correct answer, or {@code null} for any
	 */
	public Request(String target, @Nullable String expectedBody) {
		this(target, expectedBody, 1, 1);
	}

	/**
	 * The downstream itself, without any lane.
	 * @param delayMs how long it takes, in milliseconds
	 * @return the request
	 */
	public static Request downstream(int delayMs) {
		return new Request("/delay/%d?id=0".formatted(delayMs), "{\"id\":0,\"delayMs\":%d}".formatted(delayMs));
	}

	/**
	 * One downstream call.
	 * @param delayMs how long the downstream takes, in milliseconds
	 * @return the request
	 */
	public static Request call(int delayMs) {
		return new Request("/api/call?delayMs=" + delayMs, "{\"id\":0,\"delayMs\":%d}".formatted(delayMs));
	}

	/**
	 * One downstream call behind permits.
	 * @param delayMs how long the downstream takes, in milliseconds
	 * @return the request
	 */
	public static Request limited(int delayMs) {
		return new Request("/api/limited?delayMs=" + delayMs, "{\"id\":0,\"delayMs\":%d}".formatted(delayMs));
	}

	/**
	 * Downstream calls one after the other.
	 * @param calls how many
	 * @param delayMs how long each takes, in milliseconds
	 * @return the request
	 */
	public static Request chain(int calls, int delayMs) {
		return several("chain", calls, delayMs, calls);
	}

	/**
	 * Downstream calls at once.
	 * @param calls how many
	 * @param delayMs how long each takes, in milliseconds
	 * @return the request
	 */
	public static Request fanOut(int calls, int delayMs) {
		return several("fan-out", calls, delayMs, 1);
	}

	/**
	 * One query of the database.
	 * @param delayMs how long it takes, in milliseconds
	 * @return the request
	 */
	public static Request query(int delayMs) {
		return new Request("/api/query?delayMs=" + delayMs, "{\"delayMs\":%d}".formatted(delayMs));
	}

	/**
	 * Waiting for an event that does not come.
	 * @param timeoutMs how long, in milliseconds
	 * @return the request
	 */
	public static Request noEvent(int timeoutMs) {
		return new Request(event(timeoutMs), null, 1, 1, NO_CONTENT);
	}

	/**
	 * Waiting for an event that comes.
	 * @param timeoutMs how long at most, in milliseconds
	 * @return the request
	 */
	public static Request nextEvent(int timeoutMs) {
		return new Request(event(timeoutMs), null, 1, 0);
	}

	private static String event(int timeoutMs) {
		return "/api/events/next?timeoutMs=" + timeoutMs;
	}

	/**
	 * Nothing but an answer.
	 * @return the request
	 */
	public static Request hello() {
		return new Request("/api/hello", "{\"message\":\"hello\"}", 1, 0);
	}

	/**
	 * Blocking a thread.
	 * @param blockMs for how long, in milliseconds; takes the place of D
	 * @param where {@code handler}, the thread that serves the request; {@code worker},
	 * one that the handler hands the work to; or {@code monitor}, inside a monitor
	 * @return the request
	 */
	public static Request blocking(int blockMs, String where) {
		return new Request("/api/blocking?blockMs=%d&where=%s".formatted(blockMs, where),
				"{\"blockMs\":%d,\"where\":\"%s\"}".formatted(blockMs, where));
	}

	/**
	 * Computing alone.
	 * @param rounds the rounds of computing
	 * @return the request
	 */
	public static Request cpu(int rounds) {
		return new Request("/api/cpu?rounds=" + rounds,
				"{\"rounds\":%d,\"result\":\"%s\"}".formatted(rounds, RESULTS.computeIfAbsent(rounds, Request::result)),
				COMPUTING_WEIGHT, 0);
	}

	/**
	 * One downstream call and then computing.
	 * @param delayMs how long the downstream takes, in milliseconds
	 * @param rounds the rounds of computing
	 * @return the request
	 */
	public static Request mixed(int delayMs, int rounds) {
		return new Request("/api/mixed?delayMs=%d&rounds=%d".formatted(delayMs, rounds),
				"{\"delayMs\":%d,\"rounds\":%d,\"result\":\"%s\"}".formatted(delayMs, rounds,
						RESULTS.computeIfAbsent(rounds, Request::result)),
				COMPUTING_WEIGHT, 1);
	}

	// The first number of a SplittableRandom, each seeded with the one before: the lanes
	// come to it another way.
	private static String result(int rounds) {
		long value = 0;
		for (int round = 0; round < rounds; round++) {
			value = new SplittableRandom(value).nextLong();
		}
		return HexFormat.of().toHexDigits(value);
	}

	private static Request several(String path, int calls, int delayMs, int depth) {
		String ids = IntStream.range(0, calls).mapToObj(Integer::toString).collect(Collectors.joining(","));
		return new Request("/api/%s?calls=%d&delayMs=%d".formatted(path, calls, delayMs),
				"{\"calls\":%d,\"delayMs\":%d,\"ids\":[%s]}".formatted(calls, delayMs, ids), calls, depth);
	}

}
