package dev.threelanes.contract;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is reachable in this JVM, after a full collection.
 *
 * @param histogram a line for each class, as {@code jcmd GC.class_histogram} prints it:
 * kept as text, since a map of it would be among what is counted next
 */
record LiveObjects(String histogram) {

	// 1: 4711 113064 java.lang.String (java.base@25)
	private static final Pattern LINE = Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)", Pattern.MULTILINE);

	/**
	 * Collects garbage and counts what is left.
	 * @return what is reachable
	 */
	static LiveObjects now() {
		try {
			return new LiveObjects((String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() }));
		}
		catch (JMException ex) {
			throw new IllegalStateException("This JVM does not count its objects", ex);
		}
	}

	/**
	 * Compares with what was reachable earlier.
	 * @param earlier what was reachable
	 * @return by the name of each class, how many more of it there are
	 */
	Map<String, Long> moreThan(LiveObjects earlier) {
		Map<String, Long> before = earlier.instances();
		Map<String, Long> more = new TreeMap<>();
		instances().forEach((name, count) -> more.put(name, count - before.getOrDefault(name, 0L)));
		return more;
	}

	// Classes of two loaders can have one name.
	private Map<String, Long> instances() {
		Map<String, Long> instances = new TreeMap<>();
		LINE.matcher(this.histogram)
			.results()
			.forEach((line) -> instances.merge(line.group(2), Long.valueOf(line.group(1)), Long::sum));
		return instances;
	}

}
