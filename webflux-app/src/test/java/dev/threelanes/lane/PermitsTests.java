package dev.threelanes.lane;

import dev.threelanes.contract.Lane;
import dev.threelanes.contract.PermitsContract;

class PermitsTests extends PermitsContract {

	PermitsTests() {
		super(Lane.WEBFLUX);
	}

}
