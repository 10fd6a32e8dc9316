package dev.threelanes.runner;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.threelanes.runner.RunPlan.PlannedCell;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a run is and how much time is left: a live line on a terminal, a line a
 * cell elsewhere.
 */
final class Progress implements AutoCloseable {

	private final PrintWriter out;

	private final boolean terminal;

	private final List<PlannedCell> cells;

	private final @Nullable LiveLine live;

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("progress").factory());

	private int index = -1;

	private long cellStarted;

	private double expected;

	private double measured;

	Progress(PrintWriter out, boolean terminal, List<PlannedCell> cells) {
		this(out, terminal, cells, null);
	}

	/**
	 * Begins to tell.
	 * @param out where
	 * @param terminal whether a line can be written over
	 * @param cells the cells that are to be measured
	 * @param live what the load says of itself, or {@code null} if that is not known
	 */
	Progress(PrintWriter out, boolean terminal, List<PlannedCell> cells, @Nullable LiveLine live) {
		this.live = live;
		this.out = out;
		this.terminal = terminal;
		this.cells = List.copyOf(cells);
		if (terminal) {
			this.clock.scheduleAtFixedRate(this::redraw, 1, 1, TimeUnit.SECONDS);
		}
	}

	synchronized void started(PlannedCell cell) {
		this.index++;
		this.cellStarted = System.nanoTime();
		this.out.println(line(cell));
		this.out.flush();
	}

	synchronized void again(PlannedCell cell, List<String> reasons) {
		clear();
		this.out.printf("      ! %s is measured again: %s%n", cell, String.join(" ", reasons));
		this.cellStarted = System.nanoTime();
		this.out.println(line(cell));
		this.out.flush();
	}

	synchronized void finished(PlannedCell cell, List<String> problems) {
		this.expected += cell.expectedSeconds();
		this.measured += elapsedSeconds();
		clear();
		for (String problem : problems) {
			this.out.println("      ! " + problem);
			this.out.flush();
		}
	}

	/**
	 * The time that is left, from what the cells so far took against what was expected.
	 * @param current the cell that runs
	 * @param elapsedSeconds for how long it has
	 * @return seconds
	 */
	double secondsLeft(@Nullable PlannedCell current, double elapsedSeconds) {
		double pace = (this.expected > 0) ? this.measured / this.expected : 1;
		double left = (current != null) ? Math.max(0, current.expectedSeconds() * pace - elapsedSeconds) : 0;
		for (int i = this.index + 1; i < this.cells.size(); i++) {
			left += this.cells.get(i).expectedSeconds() * pace;
		}
		return left;
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		synchronized (this) {
			clear();
		}
	}

	private synchronized void redraw() {
		if (this.index >= 0 && this.index < this.cells.size()) {
			String load = (this.live != null) ? this.live.text() : "";
			this.out.print("\r" + line(this.cells.get(this.index)) + load + "\u001b[K");
			this.out.flush();
		}
	}

	private void clear() {
		if (this.terminal) {
			this.out.print("\r\u001b[K");
			this.out.flush();
		}
	}

	private String line(PlannedCell cell) {
		long left = Math.round(secondsLeft(cell, elapsedSeconds()));
		return "[%d/%d] %s  %s  fork %d  (%d:%02d left)".formatted(this.index + 1, this.cells.size(),
				cell.experiment().id(), cell.subject().id(), cell.fork(), left / 60, left % 60);
	}

	private double elapsedSeconds() {
		return (System.nanoTime() - this.cellStarted) / 1e9;
	}

}
