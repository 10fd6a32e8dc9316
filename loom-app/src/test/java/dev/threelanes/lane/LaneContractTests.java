package dev.threelanes.lane;

import dev.threelanes.contract.Lane;
import dev.threelanes.contract.LaneContract;

class LaneContractTests extends LaneContract {

	LaneContractTests() {
		super(Lane.LOOM);
	}

}
