package dev.threelanes.lane;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * The evidence that a lane gives of itself.
 *
 * @param lane its name
 * @param settings {@code aligned} or {@code stock}
 * @param thread the name of the thread that handles this request
 * @param virtual whether that is a virtual thread
 * @param server the HTTP server
 * @param serverVersion its version
 * @param jdk the version of the JVM
 * @param processors how many processors the JVM sees
 * @param gc its garbage collectors
 * @param heapMaxBytes the most heap that it may use
 * @param pid its process
 * @param limits the limits in force
 */
record Whoami(String lane, String settings, String thread, boolean virtual, String server, String serverVersion,
		String jdk, int processors, List<String> gc, long heapMaxBytes, long pid, Limits limits) {

	static Whoami of(LaneProperties properties, RunningServer server, ClientLimits client, Database database,
			Permits permits) {
		Thread thread = Thread.currentThread();
		return new Whoami(properties.name(), properties.settings(), thread.getName(), thread.isVirtual(), server.name(),
				server.version(), Runtime.version().toString(), Runtime.getRuntime().availableProcessors(),
				ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName).toList(),
				Runtime.getRuntime().maxMemory(), ProcessHandle.current().pid(), new Limits(server.limits(), client,
						database.maxConnections(), permits.count(), properties.admission().maxRequests()));
	}

	/**
	 * The limits in force, read from the running server and client; what a lane has no
	 * such limit for is absent.
	 *
	 * @param server of the server
	 * @param client of the client; none with stock settings
	 * @param dbMaxConnections the most connections to the database
	 * @param permits how many requests may be in the limited section at once
	 * @param maxRequests how many requests are let in at once; 0 for any number
	 */
	record Limits(@JsonUnwrapped ServerLimits server, @JsonUnwrapped ClientLimits client, int dbMaxConnections,
			int permits, int maxRequests) {
	}

	/**
	 * The limits of the server.
	 *
	 * @param serverThreads the most request threads
	 * @param eventLoops the number of event loops
	 * @param maxConnections the most open connections
	 * @param backlog the length of the accept queue
	 * @param keepAliveTimeoutMs how long an idle connection is kept, in milliseconds
	 * @param maxKeepAliveRequests the most requests on one connection
	 * @param requestTimeoutMs how long a request's header may take to arrive, in
	 * milliseconds
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ServerLimits(Integer serverThreads, Integer eventLoops, Integer maxConnections, Integer backlog,
			Long keepAliveTimeoutMs, Integer maxKeepAliveRequests, Long requestTimeoutMs) {
	}

	/**
	 * The limits of the client.
	 *
	 * @param clientMaxConnections the most connections to the slow service
	 * @param clientAcquireTimeoutMs how long a request waits for one, in milliseconds
	 * @param clientConnectTimeoutMs how long connecting may take, in milliseconds
	 * @param clientResponseTimeoutMs how long an answer may be silent, in milliseconds
	 * @param clientCallTimeoutMs how long a call may take in all, in milliseconds
	 * @param clientMaxIdleMs how long a connection is kept without use, in milliseconds
	 */
	record ClientLimits(int clientMaxConnections, long clientAcquireTimeoutMs, long clientConnectTimeoutMs,
			long clientResponseTimeoutMs, long clientCallTimeoutMs, long clientMaxIdleMs) {
	}

}
