/**
 * The HTTP contract of the lanes, written once and run against each of them over real
 * HTTP, with no exemption for any; and the parity of their sources.
 */
@NullMarked
package dev.threelanes.contract;

import org.jspecify.annotations.NullMarked;
