package dev.threelanes.runner;

import java.net.URI;

import dev.threelanes.experiments.Contender;

/**
 * What a cell measures: a contender of the catalogue, which the run starts and stops, or
 * a service of the reader's own, which it only drives.
 */
sealed interface Subject {

	/**
	 * Its name in files and tables.
	 * @return the name
	 */
	String id();

	/**
	 * Whether a pool of threads may bound it, which decides how much can pile up.
	 * @return {@code true} if so, or if nobody knows
	 */
	boolean threadBound();

	/**
	 * A contender of the catalogue.
	 *
	 * @param contender the contender
	 */
	record OfLane(Contender contender) implements Subject {

		@Override
		public String id() {
			return this.contender.id();
		}

		@Override
		public boolean threadBound() {
			return this.contender.lane().threadBound();
		}

	}

	/**
	 * A service of the reader's own.
	 *
	 * @param id its name
	 * @param url its address; with a path, that is what is asked for, and any answer with
	 * status 200 is correct
	 */
	record Target(String id, URI url) implements Subject {

		@Override
		public boolean threadBound() {
			return true;
		}

	}

}
