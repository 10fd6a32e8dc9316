package dev.threelanes.lane;

import dev.threelanes.contract.Lane;
import dev.threelanes.contract.AdmissionContract;

class AdmissionTests extends AdmissionContract {

	AdmissionTests() {
		super(Lane.LOOM);
	}

}
