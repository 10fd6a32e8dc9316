package dev.threelanes.gatling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

import dev.threelanes.experiments.Share;
import org.jspecify.annotations.Nullable;

/**
 * Makes an injector wait before every step until all that share the load are ready, and
 * tells it when all of them begin.
 */
public final class StepBarrier {

	/**
	 * How long after the last is ready a step begins. Gatling starts the users of a next
	 * step when its clock of one second ticks, they come up to a second ahead of the
	 * moment at which they are due, and half a second is left for a machine that
	 * stumbles.
	 */
	static final Duration LEAD = Duration.ofMillis(2500);

	/** How far clocks may be apart: the stamps of all injectors end up in one record. */
	private static final long MOST_MILLIS_APART = 50;

	private static final int CLOCK_READINGS = 10;

	private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

	/** How long an injector looks for the first one, which may have to start as well. */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final Share share;

	private final String host;

	private final int port;

	private final Semaphore ready = new Semaphore(0);

	private final AtomicReferenceArray<@Nullable Begin> begins;

	private final Consumer<String> failed;

	private StepBarrier(Share share, InetSocketAddress address, int steps, Consumer<String> failed) {
		this.share = share;
		this.host = address.getHostString();
		this.port = address.getPort();
		this.begins = new AtomicReferenceArray<>(steps);
		this.failed = failed;
	}

	/**
	 * Joins the injectors that share a load. The first of them is whom all others talk
	 * to.
	 * @param share which injector this is
	 * @param address where the first injector listens
	 * @param steps how many steps the load has
	 * @param notBeforeMillis when the first step begins at the earliest, in milliseconds
	 * since 1970
	 * @param failed hears in words why there is no use in waiting any longer
	 * @return the barrier
	 * @throws IOException if this is the first injector and it cannot listen
	 */
	public static StepBarrier join(Share share, InetSocketAddress address, int steps, long notBeforeMillis,
			Consumer<String> failed) throws IOException {
		return join(share, address, steps, LEAD, notBeforeMillis, failed);
	}

	static StepBarrier join(Share share, InetSocketAddress address, int steps, Duration lead, long notBeforeMillis,
			Consumer<String> failed) throws IOException {
		InetSocketAddress first = address;
		if (share.injector() == 0) {
			BarrierServer server = BarrierServer.start(address, share.injectors(), steps, lead, notBeforeMillis);
			// By its own door, whatever its name is to the others.
			first = new InetSocketAddress("127.0.0.1", server.port());
		}
		StepBarrier barrier = new StepBarrier(share, first, steps, failed);
		Thread.ofPlatform().daemon().name("step-barrier").start(barrier::run);
		return barrier;
	}

	/**
	 * Tells the others that this injector has had all answers to the step before. Must be
	 * called once for each step, in their order.
	 */
	public void ready() {
		this.ready.release();
	}

	/**
	 * Whether all are ready.
	 * @param step the number of the step, from 0
	 * @return {@code true} if it is known when it begins
	 */
	public boolean open(int step) {
		return this.begins.get(step) != null;
	}

	/**
	 * When a step begins.
	 * @param step the number of the step, from 0
	 * @return the moment, the same for all injectors
	 * @throws IllegalStateException if not all are ready yet
	 */
	Begin begin(int step) {
		Begin begin = this.begins.get(step);
		if (begin == null) {
			throw new IllegalStateException("Step %d is not open".formatted(step));
		}
		return begin;
	}

	private void run() {
		try (Socket socket = connected();
				BufferedReader in = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
				PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
			socket.setTcpNoDelay(true);
			out.println(BarrierLine.Hello.line(this.share, this.begins.length()));
			requireSameTime(in, out);
			for (int step = 0; step < this.begins.length(); step++) {
				this.ready.acquire();
				out.println(BarrierLine.ready(step));
				this.begins.set(step, Begin.at(BarrierLine.moment("begin", in.readLine())));
			}
		}
		catch (IOException ex) {
			this.failed.accept("injector %d of %d waits in vain: %s".formatted(this.share.injector(),
					this.share.injectors(), ex.getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Socket connected() throws IOException, InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			try {
				return new Socket(this.host, this.port);
			}
			catch (IOException ex) {
				if (System.nanoTime() > deadline) {
					throw new IOException("injector 0 cannot be reached at %s:%d".formatted(this.host, this.port), ex);
				}
				Thread.sleep(BETWEEN_TRIES);
			}
		}
	}

	// The time in between is right where the question took the shortest: somewhere in it
	// the other looked at its clock.
	private void requireSameTime(BufferedReader in, PrintWriter out) throws IOException {
		long leastApart = Long.MAX_VALUE;
		for (int reading = 0; reading < CLOCK_READINGS; reading++) {
			long before = System.currentTimeMillis();
			out.println(BarrierLine.CLOCK);
			long theirs = BarrierLine.moment(BarrierLine.CLOCK, in.readLine());
			long after = System.currentTimeMillis();
			leastApart = Math.min(leastApart, Math.max(0, Math.max(before - theirs, theirs - after)));
		}
		if (leastApart > MOST_MILLIS_APART) {
			throw new IOException("its clock is %d ms from that of injector 0, and %d are allowed: let NTP set both"
				.formatted(leastApart, MOST_MILLIS_APART));
		}
	}

}
