package dev.threelanes.lane;

import dev.threelanes.contract.HostileContract;
import dev.threelanes.contract.Lane;

class HostileTests extends HostileContract {

	HostileTests() {
		super(Lane.MVC);
	}

}
