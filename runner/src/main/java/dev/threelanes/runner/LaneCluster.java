package dev.threelanes.runner;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Several JVMs of a lane that share the load: what a pool of processes is in Java. They
 * are behind HAProxy where there is one; where there is none, the generator itself sends
 * its users to each JVM in turn.
 */
final class LaneCluster implements Service {

	private final List<LaneProcess> jvms;

	private final @Nullable BalancerProcess balancer;

	private final Duration startUp;

	private LaneCluster(List<LaneProcess> jvms, @Nullable BalancerProcess balancer, Duration startUp) {
		this.jvms = List.copyOf(jvms);
		this.balancer = balancer;
		this.startUp = startUp;
	}

	/**
	 * Starts JVMs one after the other, and what is in front of them.
	 * @param jvms how many
	 * @param start starts one of them
	 * @param ports the ports of the run
	 * @param balancerCores the processors that the balancer may run on; empty for all
	 * @param log where the output of a single JVM would go; that of each has its number
	 * @return the JVMs, all ready for traffic
	 * @throws InterruptedException if the run is being stopped
	 * @throws RunFailure if one of them does not start
	 */
	static LaneCluster start(int jvms, Start start, Ports ports, String balancerCores, Path log)
			throws InterruptedException {
		long started = System.nanoTime();
		List<LaneProcess> running = new ArrayList<>();
		try {
			for (int number = 1; number <= jvms; number++) {
				running.add(start.start(ports.ofInstance(number),
						log.resolveSibling("%d-%s".formatted(number, log.getFileName()))));
			}
			BalancerProcess balancer = BalancerProcess.startWhereThereIsOne(
					running.stream().map((jvm) -> jvm.baseUrls().getFirst()).toList(), ports.balancer(), balancerCores,
					log);
			return new LaneCluster(running, balancer, Duration.ofNanos(System.nanoTime() - started));
		}
		catch (InterruptedException | RuntimeException ex) {
			running.forEach(LaneProcess::close);
			throw ex;
		}
	}

	@Override
	public List<Long> pids() {
		return this.jvms.stream().flatMap((jvm) -> jvm.pids().stream()).toList();
	}

	@Override
	public boolean isAlive() {
		return this.jvms.stream().allMatch(LaneProcess::isAlive) && (this.balancer == null || this.balancer.isAlive());
	}

	@Override
	public String epitaph() {
		return this.jvms.stream()
			.filter((jvm) -> !jvm.isAlive())
			.map(LaneProcess::epitaph)
			.findFirst()
			.orElse("the load balancer ended while it was measured");
	}

	@Override
	public Duration startUp() {
		return this.startUp;
	}

	@Override
	public List<URI> baseUrls() {
		return (this.balancer != null) ? List.of(this.balancer.baseUrl())
				: this.jvms.stream().flatMap((jvm) -> jvm.baseUrls().stream()).toList();
	}

	@Override
	public List<URI> metrics() {
		return this.jvms.stream().flatMap((jvm) -> jvm.metrics().stream()).toList();
	}

	@Override
	public JsonNode identity() throws IOException, InterruptedException {
		List<JsonNode> identities = new ArrayList<>();
		for (LaneProcess jvm : this.jvms) {
			identities.add(jvm.identity());
		}
		return SharedIdentity.of(identities,
				(this.balancer != null) ? this.balancer.name() : "round robin in the load generator");
	}

	@Override
	public void close() {
		if (this.balancer != null) {
			this.balancer.close();
		}
		this.jvms.forEach(LaneProcess::close);
	}

	/**
	 * Starts one JVM of the lane.
	 */
	@FunctionalInterface
	interface Start {

		/**
		 * Starts it.
		 * @param ports its ports
		 * @param log where its output goes
		 * @return the JVM, ready for traffic
		 * @throws InterruptedException if the run is being stopped
		 */
		LaneProcess start(Ports ports, Path log) throws InterruptedException;

	}

}
