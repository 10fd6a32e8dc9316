package dev.threelanes.lane;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * Counts the bytes that all threads of this JVM have allocated, ended ones too. Those
 * that the collector knows of change only when it collects.
 */
@Component
class Allocations implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
			FunctionCounter.builder("jvm.threads.allocated", threads, ThreadMXBean::getTotalThreadAllocatedBytes)
				.description("Bytes that all threads have allocated")
				.baseUnit("bytes")
				.register(registry);
		}
	}

}
