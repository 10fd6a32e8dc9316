/**
 * The page in a real browser.
 */
@NullMarked
package dev.threelanes.report.browser;

import org.jspecify.annotations.NullMarked;
