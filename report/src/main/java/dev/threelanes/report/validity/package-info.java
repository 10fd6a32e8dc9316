/**
 * When a measurement may be believed: one small class a rule.
 */
@NullMarked
package dev.threelanes.report.validity;

import org.jspecify.annotations.NullMarked;
