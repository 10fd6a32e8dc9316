package dev.threelanes.lane;

import dev.threelanes.contract.Lane;
import dev.threelanes.contract.TightLimitsContract;

class TightLimitsTests extends TightLimitsContract {

	TightLimitsTests() {
		super(Lane.MVC);
	}

}
