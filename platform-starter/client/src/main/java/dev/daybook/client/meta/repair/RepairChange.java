package dev.daybook.client.meta.repair;

import dev.daybook.client.meta.repair.Election.Vote;
import java.util.Optional;

/**
 * One change of what lies at a place, at one moment with the check of its conditions.
 *
 * @param bytes to lie there then; empty if nothing shall
 * @param term the vote that must still stand; absent if anybody may make the change
 */
public record RepairChange(RepairPlace place, Optional<byte[]> bytes, Expected expected, Optional<Vote> term) {
    /** What must lie at the place before. */
    public sealed interface Expected {
        record Anything() implements Expected {}

        record Nothing() implements Expected {}

        record Version(long version) implements Expected {}
    }

    /** How it ends. */
    public enum Outcome {
        CHANGED,
        /** Something else lies there than expected. */
        CONFLICT,
        /** As {@code CONFLICT}, but an earlier attempt of the same call may have been what changed it. */
        UNKNOWN,
        /** The vote stands no more, so nothing was changed. */
        TERM_OVER
    }

    static RepairChange put(RepairPlace place, byte[] bytes, Optional<Vote> term) {
        return new RepairChange(place, Optional.of(bytes), new Expected.Anything(), term);
    }

    static RepairChange create(RepairPlace place, byte[] bytes, Optional<Vote> term) {
        return new RepairChange(place, Optional.of(bytes), new Expected.Nothing(), term);
    }

    static RepairChange replace(RepairPlace place, byte[] bytes, long version, Optional<Vote> term) {
        return new RepairChange(place, Optional.of(bytes), new Expected.Version(version), term);
    }

    static RepairChange remove(RepairPlace place, Expected expected) {
        return new RepairChange(place, Optional.empty(), expected, Optional.empty());
    }
}
