package dev.threelanes.lane;

import dev.threelanes.contract.AdmissionContract;
import dev.threelanes.contract.Lane;

class AdmissionTests extends AdmissionContract {

	AdmissionTests() {
		super(Lane.MVC);
	}

}
