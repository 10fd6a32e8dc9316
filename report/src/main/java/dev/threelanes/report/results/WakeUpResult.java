package dev.threelanes.report.results;

import org.jspecify.annotations.Nullable;

/**
 * Who was woken of those who waited.
 *
 * @param first how many received the event that was to wake two
 * @param then how many received the event that was to wake all others
 * @param miscounted by how many the lane's own counts differ from that
 * @param firstMs from the sending of the first wake-up to the last answer of those whom
 * it woke, in milliseconds
 * @param thenMs the same of the second
 */
public record WakeUpResult(@Nullable Double first, @Nullable Double then, @Nullable Double miscounted,
		@Nullable Double firstMs, @Nullable Double thenMs) {
}
