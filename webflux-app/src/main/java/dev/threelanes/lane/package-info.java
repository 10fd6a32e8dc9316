/**
 * A lane: the same service three times, so that only the way of waiting differs.
 */
package dev.threelanes.lane;
