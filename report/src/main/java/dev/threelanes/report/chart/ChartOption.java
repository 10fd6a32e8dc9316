package dev.threelanes.report.chart;

import java.util.List;

import dev.threelanes.report.view.LaneMark;
import org.jspecify.annotations.Nullable;

/**
 * An option of Apache ECharts, as far as the charts here need it. Colours of axes and
 * texts are the page's affair, since they follow its theme.
 *
 * @param animation whether the chart moves; never, for the page must print
 * @param grid the place of the axes
 * @param legend the legend
 * @param tooltip what shows under the pointer
 * @param xAxis the horizontal axis
 * @param yAxis the vertical axis
 * @param series the lines or bars
 */
record ChartOption(boolean animation, Grid grid, Legend legend, Tooltip tooltip, Axis xAxis, Axis yAxis,
		List<Series> series) {

	ChartOption(Axis xAxis, Axis yAxis, List<? extends Series> series, List<String> legend) {
		// Texts in the canvas: the library's HTML would need inline styles, which the
		// page's policy forbids.
		this(false, new Grid(16, 24, 72, 44, true), new Legend(0, legend), new Tooltip("axis", "richText", true), xAxis,
				yAxis, List.copyOf(series));
	}

	/**
	 * The place of the axes, in pixels from the chart's edges.
	 *
	 * @param left from the left
	 * @param right from the right
	 * @param top from the top
	 * @param bottom from the bottom
	 * @param containLabel whether the axes' labels lie inside
	 */
	record Grid(int left, int right, int top, int bottom, boolean containLabel) {
	}

	/**
	 * The legend.
	 *
	 * @param top pixels from the top
	 * @param data the names of the lines that it explains
	 */
	record Legend(int top, List<String> data) {
	}

	/**
	 * What shows under the pointer.
	 *
	 * @param trigger what it shows for
	 * @param renderMode how it is drawn
	 * @param confine whether it stays inside the chart
	 */
	record Tooltip(String trigger, String renderMode, boolean confine) {
	}

	/**
	 * An axis.
	 *
	 * @param type linear or logarithmic
	 * @param name its title
	 * @param nameLocation where the title stands
	 * @param nameGap how far the title stands from it, in pixels
	 * @param nameTextStyle how the title is set
	 * @param min its begin; absent to let the library choose
	 * @param data the names along it; absent for an axis of numbers
	 * @param reads how the page's script words its numbers; absent for plain ones
	 */
	record Axis(String type, String name, String nameLocation, int nameGap, TextStyle nameTextStyle,
			@Nullable Integer min, @Nullable List<String> data, @Nullable String reads) {

		private Axis(String type, String name, String nameLocation, int nameGap, TextStyle nameTextStyle,
				@Nullable Integer min) {
			this(type, name, nameLocation, nameGap, nameTextStyle, min, null, null);
		}

		static Axis horizontal(String name) {
			return new Axis("value", name, "middle", 28, new TextStyle("center"), 0);
		}

		// Names in their order; points count them from 0.
		static Axis names(List<String> names) {
			return new Axis("category", "", "middle", 28, new TextStyle("center"), null, names, null);
		}

		// Percentiles p as 1 / (1 − p), so that a logarithmic axis gives the tail its
		// room.
		static Axis percentiles(String name) {
			return new Axis("log", name, "middle", 28, new TextStyle("center"), 1, null, "percentile");
		}

		static Axis vertical(String name) {
			return new Axis("value", name, "end", 12, new TextStyle("left"), 0);
		}

		static Axis logarithmic(String name) {
			return new Axis("log", name, "end", 12, new TextStyle("left"), null);
		}

	}

	/**
	 * What a chart draws.
	 */
	sealed interface Series permits Line, Bar {

		/**
		 * Its name in the legend.
		 * @return the name
		 */
		String name();

		/**
		 * The lane that it belongs to, and goes with when a reader switches it off.
		 * @return the lane's name, or {@code null} if it belongs to none
		 */
		@Nullable String lane();

	}

	/**
	 * Bars that stand on each other.
	 *
	 * @param type the kind of series
	 * @param name its name in the legend
	 * @param lane the lane that it belongs to; absent if to none
	 * @param stack the bars that it stands on are those of the same stack
	 * @param data a height for each name of the axis; absent where there is no bar
	 * @param itemStyle how it is drawn
	 */
	record Bar(String type, String name, @Nullable String lane, String stack, List<@Nullable Double> data,
			BarStyle itemStyle) implements Series {

		// A part of a lane's bar: its place tells which, and its shade.
		static Bar part(String name, LaneMark mark, double opacity, List<@Nullable Double> data) {
			return new Bar("bar", name, mark.lane(), mark.lane(), data,
					new BarStyle(mark.color(), opacity, mark.color(), 1, Decal.of(mark)));
		}

		// What was predicted of a lane: pale, beside the bar of what was measured.
		static Bar prediction(String name, LaneMark mark, List<@Nullable Double> data) {
			return new Bar("bar", name, mark.lane(), mark.lane() + " predicted", data,
					new BarStyle(mark.color(), 0.25, mark.color(), 1, null));
		}

		// A part of a bar that is the same for every lane.
		static Bar state(String name, String color, @Nullable Decal decal, List<@Nullable Double> data) {
			return new Bar("bar", name, null, "states", data, new BarStyle(color, 1, color, 0, decal));
		}

	}

	/**
	 * How bars are drawn.
	 *
	 * @param color their colour
	 * @param opacity 0 to 1
	 * @param borderColor the colour of their edge
	 * @param borderWidth the width of their edge, in pixels
	 * @param decal the pattern on them; absent for none
	 */
	record BarStyle(String color, double opacity, String borderColor, int borderWidth, @Nullable Decal decal) {
	}

	/**
	 * A pattern, so that colour is not all that tells bars apart.
	 *
	 * @param symbol what it is made of
	 * @param dashArrayX dashes and gaps along, in pixels
	 * @param dashArrayY dashes and gaps across, in pixels
	 * @param rotation its slope, in radians
	 * @param color its colour
	 */
	record Decal(String symbol, List<Integer> dashArrayX, List<Integer> dashArrayY, double rotation, String color) {

		static final Decal STRIPES = new Decal("rect", List.of(1, 0), List.of(2, 6), -Math.PI / 4,
				"rgba(255,255,255,0.55)");

		static final Decal DOTS = new Decal("circle", List.of(4, 4), List.of(4, 4), 0, "rgba(255,255,255,0.55)");

		static @Nullable Decal of(LaneMark mark) {
			return switch (mark.dash()) {
				case "dashed" -> STRIPES;
				case "dotted" -> DOTS;
				default -> null;
			};
		}

	}

	/**
	 * A line.
	 *
	 * @param type the kind of series
	 * @param name its name in the legend
	 * @param lane the lane that it belongs to; absent if to none
	 * @param data points of two coordinates; one without a second leaves a gap
	 * @param symbol the symbol of its points
	 * @param symbolSize the symbols' size, in pixels
	 * @param lineStyle how the line is drawn
	 * @param itemStyle how the symbols are drawn
	 */
	record Line(String type, String name, @Nullable String lane, List<List<@Nullable Double>> data, String symbol,
			int symbolSize, LineStyle lineStyle, ItemStyle itemStyle) implements Series {

		// Points that were measured one by one.
		static Line points(String name, LaneMark mark, List<List<@Nullable Double>> data) {
			return new Line("line", name, mark.lane(), data, mark.symbol(), mark.size(),
					new LineStyle(mark.color(), mark.dash(), 2.5, 1), new ItemStyle(mark.color()));
		}

		// Points of the same lane that matter less.
		static Line minorPoints(String name, LaneMark mark, List<List<@Nullable Double>> data) {
			String symbol = "empty" + Character.toUpperCase(mark.symbol().charAt(0)) + mark.symbol().substring(1);
			return new Line("line", name, mark.lane(), data, symbol, mark.size() - 2,
					new LineStyle(mark.color(), mark.dash(), 1.5, 0.6), new ItemStyle(mark.color()));
		}

		// A stretch of time.
		static Line overTime(String name, LaneMark mark, List<List<@Nullable Double>> data) {
			return new Line("line", name, mark.lane(), data, "none", 0,
					new LineStyle(mark.color(), mark.dash(), 2.5, 1), new ItemStyle(mark.color()));
		}

		// The same over time of something that is part of another line.
		static Line partOverTime(String name, LaneMark mark, List<List<@Nullable Double>> data) {
			return new Line("line", name, mark.lane(), data, "none", 0, new LineStyle(mark.color(), "dashed", 1.5, 0.7),
					new ItemStyle(mark.color()));
		}

		// What was predicted: wide and pale, so that a measurement on it does not hide
		// it.
		static Line prediction(String name, LaneMark mark, List<List<@Nullable Double>> data) {
			return new Line("line", name, mark.lane(), data, "none", 0, new LineStyle(mark.color(), "solid", 10, 0.25),
					new ItemStyle(mark.color()));
		}

		// What was asked for.
		static Line reference(String name, String dash, List<List<@Nullable Double>> data) {
			return new Line("line", name, null, data, "none", 0, new LineStyle(LaneMark.NEUTRAL, dash, 1.5, 1),
					new ItemStyle(LaneMark.NEUTRAL));
		}

	}

	/**
	 * How a text is set.
	 *
	 * @param align which side of it is fixed
	 */
	record TextStyle(String align) {
	}

	/**
	 * How a line is drawn.
	 *
	 * @param color its colour
	 * @param type its pattern
	 * @param width its width, in pixels
	 * @param opacity 0 to 1
	 */
	record LineStyle(String color, String type, double width, double opacity) {
	}

	/**
	 * How symbols are drawn.
	 *
	 * @param color their colour
	 */
	record ItemStyle(String color) {
	}

}
