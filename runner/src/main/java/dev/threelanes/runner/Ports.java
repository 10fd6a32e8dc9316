package dev.threelanes.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

import dev.threelanes.experiments.Lane;
import dev.threelanes.experiments.Reference;

/**
 * The loopback ports of a run, all derived from one base so that a person can watch a
 * lane while it is measured.
 *
 * @param base the base, 1,024 to 64,000; 8080 gives mvc 8081, webflux 8082, loom 8083,
 * the references 8084 and 8085, the downstream 8090, the database 8091, a load balancer
 * 8092 with the JVMs behind it from 8101 on, and each lane's Actuator 1,000 above the
 * lane
 * @param instance which of several JVMs of a lane these are the ports of, from 1; 0 for a
 * lane in a single one
 */
record Ports(int base, int instance) {

	static final int MIN_BASE = 1024;

	static final int MAX_BASE = 64_000;

	private static final int REFERENCES_OFFSET = 1 + Lane.values().length;

	private static final int DOWNSTREAM_OFFSET = 10;

	private static final int DATABASE_OFFSET = 11;

	private static final int BALANCER_OFFSET = 12;

	private static final int BARRIER_OFFSET = 13;

	private static final int INSTANCES_OFFSET = 20;

	private static final int MANAGEMENT_OFFSET = 1000;

	Ports {
		if (base < MIN_BASE || base > MAX_BASE) {
			throw new IllegalArgumentException(
					"--port-base must be between %d and %d, not %d".formatted(MIN_BASE, MAX_BASE, base));
		}
	}

	Ports(int base) {
		this(base, 0);
	}

	/**
	 * The ports of one of several JVMs of a lane.
	 * @param number which, from 1
	 * @return the ports, with the run's own for everybody else
	 */
	Ports ofInstance(int number) {
		return new Ports(this.base, number);
	}

	int application(Lane lane) {
		return this.base + ((this.instance > 0) ? INSTANCES_OFFSET + this.instance : 1 + lane.ordinal());
	}

	int management(Lane lane) {
		return application(lane) + MANAGEMENT_OFFSET;
	}

	int application(Reference reference) {
		return this.base + REFERENCES_OFFSET + reference.ordinal();
	}

	int management(Reference reference) {
		return application(reference) + MANAGEMENT_OFFSET;
	}

	int balancer() {
		return this.base + BALANCER_OFFSET;
	}

	int barrier() {
		return this.base + BARRIER_OFFSET;
	}

	int database() {
		return this.base + DATABASE_OFFSET;
	}

	int downstream() {
		return this.base + DOWNSTREAM_OFFSET;
	}

	/**
	 * Makes sure that nobody listens on the ports of a run.
	 * @param lanes the lanes of the run
	 * @throws RunFailure if a port is taken
	 */
	void requireFree(List<Lane> lanes) {
		requireFree("the downstream", downstream());
		requireFree("the database", database());
		lanes.forEach(this::requireFree);
	}

	/**
	 * Makes sure that nobody listens where a lane is about to.
	 * @param lane the lane
	 * @throws RunFailure if a port is taken
	 */
	void requireFree(Lane lane) {
		requireFree(lane.id(), application(lane));
		requireFree(lane.id() + "'s Actuator", management(lane));
	}

	/**
	 * Makes sure that nobody listens where a reference is about to.
	 * @param reference the reference
	 * @throws RunFailure if a port is taken
	 */
	void requireFree(Reference reference) {
		requireFree(reference.id(), application(reference));
		requireFree("the metrics of " + reference.id(), management(reference));
	}

	/**
	 * Makes sure that nobody listens where several JVMs of a lane will.
	 * @param jvms how many
	 * @throws RunFailure if a port is taken
	 */
	void requireFreeForJvms(int jvms) {
		requireFree("the load balancer", balancer());
		for (int number = 1; number <= jvms; number++) {
			// The same for every lane, since only one is measured at a time.
			Ports own = ofInstance(number);
			requireFree("JVM " + number, own.application(Lane.MVC));
			requireFree("the Actuator of JVM " + number, own.management(Lane.MVC));
		}
	}

	/**
	 * Makes sure that nobody listens where injectors that share a load will meet.
	 * @throws RunFailure if the port is taken
	 */
	void requireFreeForInjectors() {
		requireFree("the injectors to meet", barrier());
	}

	private void requireFree(String user, int port) {
		try (ServerSocket socket = new ServerSocket()) {
			// As the servers themselves do: a port in TIME_WAIT is free.
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			throw new RunFailure(
					"Port %d, needed for %s, is taken: stop what listens there, or choose others with --port-base"
						.formatted(port, user),
					ex);
		}
	}

}
