package dev.threelanes.report.results;

import org.jspecify.annotations.Nullable;

/**
 * What a request costs in memory that is held, beyond what the lane needs with the
 * fewest.
 *
 * @param heapBytesPerRequest the heap in use after a collection, in bytes; absent if none
 * was seen while all were held
 * @param residentBytesPerRequest the resident memory of the process, in bytes; absent
 * where it is not sampled
 */
public record HeldResult(@Nullable Double heapBytesPerRequest, @Nullable Double residentBytesPerRequest) {
}
