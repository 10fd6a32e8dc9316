/**
 * What templates show: tables, marks and formatted figures, with nothing left to compute.
 */
@NullMarked
package dev.threelanes.report.view;

import org.jspecify.annotations.NullMarked;
