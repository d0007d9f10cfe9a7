package dev.daybook.console.view;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.console.cluster.FragmentRisk;
import dev.daybook.console.cluster.Presence;
import dev.daybook.console.cluster.Verdict;
import dev.daybook.protocol.model.LedgerState;

/**
 * A state, told by shape, colour and word at once.
 *
 * @param kind names shape and colour: {@code ok}, {@code half}, {@code warn}, {@code bad}, {@code none}, {@code live} or
 *     {@code done}
 */
public record Mark(String kind, String word) {
    public static Mark of(Presence presence) {
        return switch (presence) {
            case WRITABLE -> new Mark("ok", "writable");
            case READ_ONLY -> new Mark("half", "read-only");
            case DOWN -> new Mark("bad", "down");
            case GONE -> new Mark("bad", "gone");
            case UNKNOWN -> new Mark("none", "unknown");
        };
    }

    public static Mark of(BookieRecord.State state) {
        return of(
                switch (state) {
                    case WRITABLE -> Presence.WRITABLE;
                    case READ_ONLY -> Presence.READ_ONLY;
                    case DOWN -> Presence.DOWN;
                });
    }

    public static Mark of(Verdict.Level level) {
        return switch (level) {
            case HEALTHY -> new Mark("ok", "Healthy");
            case ATTENTION -> new Mark("warn", "Needs attention");
            case UNKNOWN -> new Mark("none", "Unknown");
            case CRITICAL -> new Mark("bad", "Critical");
        };
    }

    public static Mark of(LedgerState state) {
        return switch (state) {
            case OPEN -> new Mark("live", "open");
            case IN_RECOVERY -> new Mark("warn", "in recovery");
            case CLOSED -> new Mark("done", "closed");
        };
    }

    /** The word says how many copies are left. */
    public static Mark of(FragmentRisk risk) {
        String copies = risk.copiesAlive() + " of " + risk.copiesWanted();
        return switch (risk.level()) {
            case EMPTY -> new Mark("done", "empty");
            case COMPLETE -> new Mark("ok", copies);
            case UNKNOWN -> new Mark("none", "unknown");
            case REDUCED -> new Mark("half", copies);
            case LAST_COPY -> new Mark("warn", copies);
            case UNREADABLE -> new Mark("bad", copies);
        };
    }
}
