package dev.threelanes.lane;

import dev.threelanes.contract.ExposureContract;
import dev.threelanes.contract.Lane;

class ExposureTests extends ExposureContract {

	ExposureTests() {
		super(Lane.MVC);
	}

}
