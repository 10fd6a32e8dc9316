package dev.threelanes.lane;

import dev.threelanes.contract.Lane;
import dev.threelanes.contract.QueryContract;

class QueryTests extends QueryContract {

	QueryTests() {
		super(Lane.LOOM);
	}

}
