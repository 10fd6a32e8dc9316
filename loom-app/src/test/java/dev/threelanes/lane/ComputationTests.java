package dev.threelanes.lane;

import dev.threelanes.contract.ComputationContract;
import dev.threelanes.contract.Lane;

class ComputationTests extends ComputationContract {

	ComputationTests() {
		super(Lane.LOOM);
	}

}
