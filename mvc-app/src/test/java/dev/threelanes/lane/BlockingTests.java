package dev.threelanes.lane;

import dev.threelanes.contract.BlockingContract;
import dev.threelanes.contract.Lane;

class BlockingTests extends BlockingContract {

	BlockingTests() {
		super(Lane.MVC);
	}

}
