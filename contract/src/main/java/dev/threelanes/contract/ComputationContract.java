package dev.threelanes.contract;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller who has something computed can rely on: the results, the same on every
 * lane, and known without their help from the JDK's {@link java.util.SplittableRandom}.
 */
public abstract class ComputationContract extends LaneTest {

	protected ComputationContract(Lane lane) {
		super(lane);
	}

	@ParameterizedTest
	@CsvSource({ "1,e220a8397b1dcdaf", "2,a706dd2f4d197e6f", "1000,a17ac4d60a6b3f89", "100000000,cefa1056c315cdcf" })
	void cpuAnswersWithTheResultOfAllRounds(int rounds, String result) {
		assertAnswer(get("/api/cpu?rounds=" + rounds), """
				{"rounds":%d,"result":"%s"}""".formatted(rounds, result));
	}

	@Test
	void cpuNeedsNoDownstream() {
		get("/api/cpu?rounds=1");
		assertThat(downstream().calls()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "?rounds=0", "?rounds=-1", "?rounds=100000001", "?rounds=99999999999", "?rounds=1.5",
			"?rounds=one", "?rounds=", "?delayMs=1", "" })
	void anyOtherNumberOfRoundsIsABadRequest(String query) {
		assertBadParameter(get("/api/cpu" + query), "/api/cpu", "rounds", 1, 100000000);
	}

	@Test
	void mixedCallsAndThenComputes() {
		Answer answer = get("/api/mixed?delayMs=50&rounds=1000");
		assertAnswer(answer, """
				{"delayMs":50,"rounds":1000,"result":"a17ac4d60a6b3f89"}""");
		assertThat(downstream().calls()).hasSize(1);
		assertThat(answer.took()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
	}

	@Test
	void mixedTakesValuesAtTheBounds() {
		downstream().hurry();
		assertAnswer(get("/api/mixed?delayMs=0&rounds=1"), """
				{"delayMs":0,"rounds":1,"result":"e220a8397b1dcdaf"}""");
		assertAnswer(get("/api/mixed?delayMs=30000&rounds=100000000"), """
				{"delayMs":30000,"rounds":100000000,"result":"cefa1056c315cdcf"}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?rounds=1", "?delayMs=-1&rounds=1", "?delayMs=30001&rounds=1", "?delayMs=x&rounds=1" })
	void mixedNeedsADelay(String query) {
		assertBadParameter(get("/api/mixed" + query), "/api/mixed", "delayMs", 0, 30000);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "?delayMs=0", "?delayMs=0&rounds=0", "?delayMs=0&rounds=100000001", "?delayMs=0&rounds=x" })
	void mixedNeedsRoundsAndCallsNobodyWithoutThem(String query) {
		assertBadParameter(get("/api/mixed" + query), "/api/mixed", "rounds", 1, 100000000);
		assertThat(downstream().calls()).isEmpty();
	}

	@Test
	void whenTheDownstreamFailsMixedDoesToo() {
		downstream().fail(Fault.SERVER_ERROR);
		assertBadGateway(get("/api/mixed?delayMs=0&rounds=1"), "/api/mixed");
	}

}
