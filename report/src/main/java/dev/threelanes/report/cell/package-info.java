/**
 * The files of a run: what the runner writes and everything else is computed from.
 */
@NullMarked
package dev.threelanes.report.cell;

import org.jspecify.annotations.NullMarked;
