package dev.threelanes.gatling;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.threelanes.experiments.Share;
import org.jspecify.annotations.Nullable;

/**
 * What injectors say to each other before a step: a line of text each.
 */
final class BarrierLine {

	/** Asks what time it is. */
	static final String CLOCK = "clock";

	private static final String NO = "no ";

	private BarrierLine() {
	}

	static String ready(int step) {
		return "ready " + step;
	}

	static String begin(long epochMillis) {
		return "begin " + epochMillis;
	}

	static String clock(long epochMillis) {
		return CLOCK + " " + epochMillis;
	}

	static String no(String why) {
		return NO + why;
	}

	/**
	 * Reads the moment that an answer names.
	 * @param kind what was asked for
	 * @param line the answer, or {@code null} if nobody is there any more
	 * @return the moment, in milliseconds since 1970
	 * @throws IOException if it is a refusal, or no answer
	 */
	static long moment(String kind, @Nullable String line) throws IOException {
		if (line == null) {
			throw new IOException("injector 0 has gone");
		}
		if (line.startsWith(NO)) {
			throw new IOException(line.substring(NO.length()));
		}
		if (!line.matches(kind + " \\d{1,15}")) {
			throw new IOException("injector 0 said '%s'".formatted(line));
		}
		return Long.parseLong(line.substring(kind.length() + 1));
	}

	/**
	 * The first line: who has come.
	 *
	 * @param injectors how many it was told that there are
	 * @param injector which it is, from 0
	 * @param steps how many steps it has
	 */
	record Hello(int injectors, int injector, int steps) {

		private static final Pattern SHAPE = Pattern.compile("injector (\\d{1,3}) of (\\d{1,3}) with (\\d{1,6}) steps");

		static Hello of(@Nullable String line) throws IOException {
			Matcher words = SHAPE.matcher((line != null) ? line : "");
			if (!words.matches()) {
				throw new IOException("not an injector: '%s'".formatted(line));
			}
			return new Hello(Integer.parseInt(words.group(2)), Integer.parseInt(words.group(1)),
					Integer.parseInt(words.group(3)));
		}

		static String line(Share share, int steps) {
			return "injector %d of %d with %d steps".formatted(share.injector(), share.injectors(), steps);
		}

	}

}
