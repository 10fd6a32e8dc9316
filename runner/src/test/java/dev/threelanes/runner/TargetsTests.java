package dev.threelanes.runner;

import java.net.URI;
import java.util.List;
import java.util.Map;

import dev.threelanes.runner.Subject.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetsTests {

	@Test
	void aServiceOnThisMachineNeedsNoPermission() {
		assertThat(Targets.parse(Map.of("orders", "http://localhost:9000/orders?open=true"), List.of()))
			.containsExactly(new Target("orders", URI.create("http://localhost:9000/orders?open=true")));
	}

	@Test
	void anotherMachineNeedsToBeAllowedByName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Targets.parse(Map.of("shop", "http://shop.example:80/"), List.of("other.example")))
			.withMessage(
					"the target shop is on another machine, shop.example: driving it needs --allow-host shop.example and its owner's consent");
		assertThat(Targets.parse(Map.of("shop", "http://shop.example:80/"), List.of("shop.example"))).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "mvc, http://localhost:1/", "Shop, http://localhost:1/", "../x, http://localhost:1/",
			"shop, localhost:1", "shop, ftp://localhost/", "shop, http://", "shop, http://me:secret@localhost/",
			"shop, http://local host/" })
	void whatCannotBeATargetIsRefused(String name, String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> Targets.parse(Map.of(name, address), List.of()));
	}

}
