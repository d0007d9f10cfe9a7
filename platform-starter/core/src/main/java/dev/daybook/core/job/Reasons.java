package dev.daybook.core.job;

import dev.daybook.protocol.model.BookieId;

/** Why ledgers stay where they are: sentences for people. */
final class Reasons {
    private static final long SECOND_MILLIS = 1_000;

    private Reasons() {}

    static String lost(BookieId bookie) {
        return "Nobody who is alive has a copy of some of its entries, which only " + bookie
                + " may have: start that bookie again, or delete the ledger if it may be lost.";
    }

    static String noTarget(BookieId bookie) {
        return "No other bookie that takes entries could join the ensemble instead of " + bookie
                + ", for all of them are members already: add a bookie.";
    }

    static String openOnLiving(BookieId bookie) {
        return "It is open, and its writer's last entries are on " + bookie
                + ": it can be moved when its writer has appended again or closed it, or the bookie is stopped.";
    }

    static String openOnDead(BookieId bookie, long graceMillis) {
        return "It is open, and " + bookie + " is gone: it is recovered and closed when its writer has had "
                + graceMillis / SECOND_MILLIS + " s to replace the bookie.";
    }

    static String locked(String holder) {
        return "It is locked" + (holder.isEmpty() ? "" : " by " + holder) + ", who repairs it or removes copies of it.";
    }

    static String stillMember(BookieId bookie) {
        return "It was looked at, and its metadata still name " + bookie + ".";
    }
}
