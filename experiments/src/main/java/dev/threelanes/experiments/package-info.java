/**
 * The declared catalogue: every experiment with its question, request, load, predictions
 * and limits. The single source of truth for the generator, the runner and the page, free
 * of any framework.
 */
@NullMarked
package dev.threelanes.experiments;

import org.jspecify.annotations.NullMarked;
