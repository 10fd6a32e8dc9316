package dev.threelanes.runner;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.threelanes.report.cell.Machine;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;

/**
 * Reads what a run must know and keep of the machine.
 */
final class MachineFacts {

	private MachineFacts() {
	}

	static Machine read() {
		SystemInfo system = new SystemInfo();
		return new Machine(system.getOperatingSystem().toString(), System.getProperty("os.version"),
				system.getHardware().getProcessor().getProcessorIdentifier().getName(),
				Runtime.getRuntime().availableProcessors(), system.getHardware().getMemory().getTotal(),
				descriptorLimit(), System.getProperty("java.vm.version") + " " + System.getProperty("java.vendor"));
	}

	/**
	 * How many files a process may open here, which bounds the connections of a lane.
	 * @return the limit, or {@code null} where the system has none
	 */
	static @Nullable Long descriptorLimit() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
				? unix.getMaxFileDescriptorCount() : null;
	}

}
