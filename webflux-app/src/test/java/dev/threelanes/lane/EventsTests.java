package dev.threelanes.lane;

import dev.threelanes.contract.EventsContract;
import dev.threelanes.contract.Lane;

class EventsTests extends EventsContract {

	EventsTests() {
		super(Lane.WEBFLUX);
	}

}
