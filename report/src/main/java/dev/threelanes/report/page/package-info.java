/**
 * The page: which sections it has and what stands in them. Its looks are in the templates
 * and the style sheet.
 */
@NullMarked
package dev.threelanes.report.page;

import org.jspecify.annotations.NullMarked;
