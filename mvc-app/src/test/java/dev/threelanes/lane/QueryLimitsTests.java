package dev.threelanes.lane;

import dev.threelanes.contract.Lane;
import dev.threelanes.contract.QueryLimitsContract;

class QueryLimitsTests extends QueryLimitsContract {

	QueryLimitsTests() {
		super(Lane.MVC);
	}

}
