package dev.daybook.core.read;

import java.util.Optional;

/**
 * What a bookie says at the end of a long poll.
 *
 * @param lac the last-add-confirmed it knows
 * @param entry the awaited entry, digest checked, if it was enclosed
 */
public record PollAnswer<P>(long lac, Optional<VerifiedEntry<P>> entry) {}
