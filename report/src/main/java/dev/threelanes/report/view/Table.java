package dev.threelanes.report.view;

import java.util.List;
import java.util.Map;

import dev.threelanes.report.results.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A table.
 *
 * @param caption what it shows
 * @param columns the heads of the columns, that of the rows' heads first
 * @param figures whether its cells are figures, which stand flush right
 * @param rows the rows
 */
public record Table(String caption, List<String> columns, boolean figures, List<Row> rows) {

	public Table {
		columns = List.copyOf(columns);
		rows = List.copyOf(rows);
	}

	/**
	 * A row.
	 *
	 * @param mark the mark of the lane that the row is about, if it is about one
	 * @param head the head
	 * @param cells the cells
	 * @param verdict a verdict as the last cell, if there is one
	 * @param note a text instead of the cells, if there is one
	 * @param stressed the cells that stand out, by their place from 0, and why
	 */
	public record Row(@Nullable LaneMark mark, String head, List<String> cells, @Nullable Verdict verdict,
			@Nullable String note, Map<Integer, Stress> stressed) {

		public Row {
			cells = List.copyOf(cells);
			stressed = Map.copyOf(stressed);
		}

		/**
		 * A row in which no cell stands out.
		 * @param mark the mark of the lane that the row is about, if it is about one
		 * @param head the head
		 * @param cells the cells
		 * @param verdict a verdict as the last cell, if there is one
		 * @param note a text instead of the cells, if there is one
		 */
		public Row(@Nullable LaneMark mark, String head, List<String> cells, @Nullable Verdict verdict,
				@Nullable String note) {
			this(mark, head, cells, verdict, note, Map.of());
		}

		/**
		 * A row of nothing but text.
		 * @param head the head
		 * @param cells the cells
		 * @return the row
		 */
		public static Row of(String head, List<String> cells) {
			return new Row(null, head, cells, null, null);
		}

		/**
		 * A row of figures about a lane.
		 * @param mark the lane's mark
		 * @param head the head
		 * @param cells the cells
		 * @return the row
		 */
		public static Row of(LaneMark mark, String head, List<String> cells) {
			return new Row(mark, head, cells, null, null);
		}

		/**
		 * A row that says why it has no figures.
		 * @param mark the lane's mark
		 * @param head the head
		 * @param note the reason
		 * @return the row
		 */
		public static Row note(LaneMark mark, String head, String note) {
			return new Row(mark, head, List.of(), null, note);
		}

	}

	/**
	 * Why a cell stands out.
	 */
	public enum Stress {

		/** It is the best of its column, or as good. */
		BEST("best", "★"),

		/** It differs from the others of its row. */
		DIFFERENT("different", "≠"),

		/** It changed for the better. */
		BETTER("better", "▲"),

		/** It changed for the worse. */
		WORSE("worse", "▼");

		private final String word;

		private final String sign;

		Stress(String word, String sign) {
			this.word = word;
			this.sign = sign;
		}

		/**
		 * The reason in a word, for those who do not see the sign.
		 * @return the word
		 */
		public String word() {
			return this.word;
		}

		/**
		 * The reason as a sign.
		 * @return one character
		 */
		public String sign() {
			return this.sign;
		}

	}

}
