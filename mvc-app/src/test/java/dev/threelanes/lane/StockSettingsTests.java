package dev.threelanes.lane;

import dev.threelanes.contract.Lane;
import dev.threelanes.contract.StockSettingsContract;

class StockSettingsTests extends StockSettingsContract {

	StockSettingsTests() {
		super(Lane.MVC);
	}

}
