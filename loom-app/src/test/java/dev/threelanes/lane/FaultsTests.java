package dev.threelanes.lane;

import dev.threelanes.contract.FaultsContract;
import dev.threelanes.contract.Lane;

class FaultsTests extends FaultsContract {

	FaultsTests() {
		super(Lane.LOOM);
	}

}
