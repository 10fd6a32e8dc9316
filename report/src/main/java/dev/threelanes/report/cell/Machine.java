package dev.threelanes.report.cell;

import org.jspecify.annotations.Nullable;

/**
 * The machine that a run was made on.
 *
 * @param os the operating system with its version
 * @param kernel the kernel's version
 * @param cpuModel the processor's name
 * @param processors how many processors the runner may use
 * @param memoryBytes memory, in bytes
 * @param descriptorLimit how many files a process may open; absent if there is no such
 * limit
 * @param jdk the JDK's version and vendor
 */
public record Machine(String os, String kernel, String cpuModel, int processors, long memoryBytes,
		@Nullable Long descriptorLimit, String jdk) {
}
