/**
 * From a run's files to its results and its page.
 */
@NullMarked
package dev.threelanes.report;

import org.jspecify.annotations.NullMarked;
