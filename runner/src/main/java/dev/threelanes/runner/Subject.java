package dev.threelanes.runner;

import java.net.URI;

import dev.threelanes.experiments.Bound;
import dev.threelanes.experiments.Contender;
import dev.threelanes.experiments.Reference;
import dev.threelanes.experiments.Setup;

/**
 * What a cell measures: a contender of the catalogue or a reference, which the run starts
 * and stops, or a service of the reader's own, which it only drives.
 */
sealed interface Subject {

	/**
	 * Its name in files and tables.
	 * @return the name
	 */
	String id();

	/**
	 * Whether a bound may hold it, which decides how much can pile up.
	 * @param bound the experiment's bound
	 * @return {@code true} if so, or if nobody knows
	 */
	boolean boundedBy(Bound bound);

	/**
	 * What it is started with that others are not.
	 * @return the setup; nothing for what the run does not start
	 */
	default Setup setup() {
		return Setup.AS_ALL;
	}

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
		public boolean boundedBy(Bound bound) {
			return bound.holds(this.contender.lane());
		}

		@Override
		public Setup setup() {
			return this.contender.setup();
		}

	}

	/**
	 * A service that makes the lanes' call without a framework.
	 *
	 * @param reference which
	 */
	record OfReference(Reference reference) implements Subject {

		@Override
		public String id() {
			return this.reference.id();
		}

		@Override
		public boolean boundedBy(Bound bound) {
			return false;
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
		public boolean boundedBy(Bound bound) {
			return true;
		}

	}

}
