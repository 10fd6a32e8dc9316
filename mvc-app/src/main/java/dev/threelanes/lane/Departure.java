package dev.threelanes.lane;

import java.time.Duration;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Goes on serving for a while after readiness has fallen, before the server takes no more
 * requests: whoever balances load needs that long to notice and send them elsewhere.
 */
@Component
class Departure implements SmartLifecycle {

	private final Duration delay;

	private volatile boolean running;

	Departure(LaneProperties properties) {
		this.delay = properties.shutdownDelay();
	}

	@Override
	public int getPhase() {
		// Stopped before the server is.
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		try {
			Thread.sleep(this.delay);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
