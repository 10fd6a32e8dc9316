/**
 * The lanes' call without a framework: what a server and a client cost that do this one
 * thing and nothing else, and so the distance of each lane to what is possible.
 */
@NullMarked
package dev.threelanes.reference;

import org.jspecify.annotations.NullMarked;
