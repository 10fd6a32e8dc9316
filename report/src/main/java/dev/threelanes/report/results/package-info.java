/**
 * The results as {@code results.json} holds them: records that the page, the terminal and
 * other programs read, and nothing that is computed.
 */
@NullMarked
package dev.threelanes.report.results;

import org.jspecify.annotations.NullMarked;
