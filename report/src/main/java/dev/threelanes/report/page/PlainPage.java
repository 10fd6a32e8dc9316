package dev.threelanes.report.page;

import java.util.List;
import java.util.Map;

import dev.threelanes.report.results.ExperimentResult;
import dev.threelanes.report.view.Table;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * A page without charts and so without scripts.
 */
public sealed interface PlainPage {

	/**
	 * Renders the page.
	 * @return HTML
	 */
	default String html() {
		TemplateEngine templates = TemplateEngine.createPrecompiled(null, ContentType.Html, null,
				"dev.threelanes.report.page.templates");
		StringOutput output = new StringOutput();
		String template = switch (this) {
			case Runs runs -> "runs.jte";
			case Comparison comparison -> "comparison.jte";
		};
		templates.render(template, Map.of("page", this), output);
		return output.toString().strip() + "\n";
	}

	/**
	 * The style sheet.
	 * @return the same as that of a run's page
	 */
	default Inline style() {
		return Inline.style();
	}

	/**
	 * What the browser may load and run: nothing but the style sheet in the page.
	 * @return the content security policy
	 */
	default String policy() {
		return "default-src 'none'; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
			.formatted(style().source());
	}

	/**
	 * All runs of a folder.
	 *
	 * @param runs the runs, the newest first
	 * @param unreadable the folders whose run could not be read, and why
	 */
	record Runs(List<Entry> runs, List<String> unreadable) implements PlainPage {

		public Runs {
			runs = List.copyOf(runs);
			unreadable = List.copyOf(unreadable);
		}

		/**
		 * A run.
		 *
		 * @param name its name
		 * @param address where its page lies, relative to this one
		 * @param made when and how it was made, in a line
		 * @param notice what a reader must know first; empty if nothing
		 * @param experiments what it found
		 */
		public record Entry(String name, String address, String made, String notice,
				List<ExperimentResult> experiments) {

			public Entry {
				experiments = List.copyOf(experiments);
			}

		}

	}

	/**
	 * Two runs side by side.
	 *
	 * @param before the first run's name
	 * @param after the second run's name
	 * @param answer how much got better and worse, in a sentence
	 * @param conditions what the runs were made on and with
	 * @param differences what their figures did, a table an experiment
	 */
	record Comparison(String before, String after, String answer, Table conditions,
			List<Table> differences) implements PlainPage {

		public Comparison {
			differences = List.copyOf(differences);
		}

	}

}
