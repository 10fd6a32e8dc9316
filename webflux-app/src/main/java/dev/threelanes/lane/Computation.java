package dev.threelanes.lane;

import java.util.HexFormat;

/**
 * Work for the processor and nothing else, with a result that can be checked: rounds of
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
 * 2014), each seeded with the number that the one before gave, so that none can be left
 * out or done beside another. A round gives the first number of a
 * {@link java.util.SplittableRandom}, without making one: it needs no memory.
 */
final class Computation {

	private static final long INCREMENT = 0x9e3779b97f4a7c15L;

	private Computation() {
	}

	/**
	 * Computes.
	 * @param rounds how many rounds of the function
	 * @return the last one's result, as 16 hexadecimal digits
	 */
	static String result(int rounds) {
		long value = 0;
		for (int round = 0; round < rounds; round++) {
			value = mix(value + INCREMENT);
		}
		return HexFormat.of().toHexDigits(value);
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

}
