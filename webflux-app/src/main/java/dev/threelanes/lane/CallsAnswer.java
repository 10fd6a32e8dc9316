package dev.threelanes.lane;

import java.util.List;

/**
 * The answer to several calls.
 *
 * @param calls how many there were
 * @param delayMs how long each was asked to take, in milliseconds
 * @param ids what they answered, in the order of the calls
 */
record CallsAnswer(int calls, int delayMs, List<Integer> ids) {

	static CallsAnswer of(int delayMs, List<DownstreamAnswer> answers) {
		return new CallsAnswer(answers.size(), delayMs, answers.stream().map(DownstreamAnswer::id).toList());
	}

}
