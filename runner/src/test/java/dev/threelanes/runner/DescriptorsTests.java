package dev.threelanes.runner;

import java.util.Map;

import dev.threelanes.experiments.Catalogue;
import dev.threelanes.experiments.Experiment;
import dev.threelanes.experiments.Parameter;
import dev.threelanes.experiments.Parameters;
import dev.threelanes.experiments.Profile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DescriptorsTests {

	@Test
	void heldRequestsNeedAConnectionInAndOneOut() {
		assertThat(fitted("c10k", 20_000L, Map.of())).isEqualTo(9750);
		assertThat(fitted("c10k", 20_500L, Map.of())).isEqualTo(10_000);
		assertThat(fitted("c10k", 1_000_000L, Map.of())).isEqualTo(10_000);
		assertThat(fitted("c10k", null, Map.of())).isEqualTo(10_000);
	}

	@Test
	void whoWaitsForAnEventNeedsOnlyTheOneIn() {
		assertThat(fitted("wake-up", 20_000L, Map.of())).isEqualTo(10_000);
		assertThat(fitted("wake-up", 4096L, Map.of())).isEqualTo(3596);
	}

	@Test
	void whatAReaderAskedForIsNotLowered() {
		assertThat(fitted("c10k", 1024L, Map.of("requests", "5000"))).isEqualTo(5000);
		assertThat(Descriptors.needed(Catalogue.experiment("c10k"), 5000)).isEqualTo(10_500);
	}

	@Test
	void whatHoldsNothingIsLeftAsItIs() {
		Experiment slowCall = Catalogue.experiment("slow-call");
		Parameters parameters = slowCall.parameters(Profile.QUICK, Map.of());
		assertThat(new Descriptors(1024L).fit(slowCall, parameters, Map.of())).isSameAs(parameters);
	}

	private static int fitted(String id, @Nullable Long limit, Map<String, String> changes) {
		Experiment experiment = Catalogue.experiment(id);
		return new Descriptors(limit).fit(experiment, experiment.parameters(Profile.QUICK, changes), changes)
			.value(Parameter.REQUESTS);
	}

}
