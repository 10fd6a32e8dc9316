package dev.threelanes.report.page;

import java.util.List;

import dev.threelanes.report.chart.Chart;
import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.view.Table;

/**
 * An experiment's section.
 *
 * @param result what was found
 * @param reasons why figures are missing
 * @param summary the lanes side by side
 * @param charts the charts
 * @param predictions the comparisons of each prediction, in the predictions' order
 * @param steps every figure of each lane
 * @param ratios the lanes in proportion to each other
 * @param threads what the lanes' thread metrics showed
 * @param links the load generator's own reports
 * @param files the raw files of each cell
 * @param coldStart how lanes that were measured cold became steady; without rows where
 * all were warm
 */
public record ExperimentSection(ExperimentResult result, List<String> reasons, Table summary, List<Chart> charts,
		List<Table> predictions, List<Table> steps, Table ratios, ThreadStory threads, List<Link> links,
		List<CellLinks> files, Table coldStart) {

	public ExperimentSection {
		reasons = List.copyOf(reasons);
		charts = List.copyOf(charts);
		predictions = List.copyOf(predictions);
		steps = List.copyOf(steps);
		links = List.copyOf(links);
		files = List.copyOf(files);
	}

	/**
	 * A link to a file beside the page.
	 *
	 * @param text what it says
	 * @param address where it leads, relative to the page
	 */
	public record Link(String text, String address) {
	}

	/**
	 * What was recorded of a cell.
	 *
	 * @param cell the cell
	 * @param links its files
	 */
	public record CellLinks(String cell, List<Link> links) {

		public CellLinks {
			links = List.copyOf(links);
		}

	}

}
