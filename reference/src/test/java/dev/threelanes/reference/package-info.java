@NullMarked
package dev.threelanes.reference;

import org.jspecify.annotations.NullMarked;
