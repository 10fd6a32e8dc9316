package dev.threelanes.lane;

import dev.threelanes.contract.EvidenceContract;
import dev.threelanes.contract.Lane;

class EvidenceTests extends EvidenceContract {

	EvidenceTests() {
		super(Lane.LOOM);
	}

}
