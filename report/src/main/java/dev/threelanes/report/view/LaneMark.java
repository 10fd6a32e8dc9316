package dev.threelanes.report.view;

import java.util.List;

import dev.threelanes.experiments.Lane;

/**
 * How a lane looks, the same in every chart and table: never by colour alone.
 *
 * @param lane the lane's name, by which it is switched off in all charts at once
 * @param color a colour of the palette of Okabe and Ito, which people with any kind of
 * colour vision can tell apart
 * @param symbol the symbol of its points, in the charts' words
 * @param dash the pattern of its lines, in the charts' words
 * @param size the size of its points, in pixels: they differ, since lanes that do the
 * same lie on top of each other
 */
public record LaneMark(String lane, String color, String symbol, String dash, int size) {

	/** A colour for what is no lane: it stands out on white and on black. */
	public static final String NEUTRAL = "#7f7f7f";

	private static final List<String> OTHER_COLORS = List.of("#CC79A7", "#E69F00", "#56B4E9");

	private static final List<String> OTHER_DASHES = List.of("solid", "dashed", "dotted");

	/**
	 * The mark of a lane.
	 * @param lane the lane's name
	 * @param place its place among all lanes of the page, which tells targets of a
	 * reader's own apart
	 * @return the mark
	 */
	public static LaneMark of(String lane, int place) {
		for (Lane known : Lane.values()) {
			if (known.id().equals(lane)) {
				return switch (known) {
					case MVC -> new LaneMark(lane, "#D55E00", "circle", "solid", 13);
					case WEBFLUX -> new LaneMark(lane, "#0072B2", "rect", "dashed", 10);
					case LOOM -> new LaneMark(lane, "#009E73", "triangle", "dotted", 8);
				};
			}
		}
		int other = place % OTHER_COLORS.size();
		return new LaneMark(lane, OTHER_COLORS.get(other), "diamond", OTHER_DASHES.get(other), 10);
	}

}
