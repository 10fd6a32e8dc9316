package dev.threelanes.contract;

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
	@CsvSource({ "1,e220a8397b1dcdaf", "2,a706dd2f4d197e6f", "1000,a17ac4d60a6b3f89", "10000000,cf2061cb270010ed" })
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
	@ValueSource(strings = { "?rounds=0", "?rounds=-1", "?rounds=10000001", "?rounds=99999999999", "?rounds=1.5",
			"?rounds=one", "?rounds=", "?delayMs=1", "" })
	void anyOtherNumberOfRoundsIsABadRequest(String query) {
		assertBadParameter(get("/api/cpu" + query), "/api/cpu", "rounds", 1, 10000000);
	}

}
