package dev.daybook.client.meta.repair;

import dev.daybook.core.audit.Search;
import dev.daybook.protocol.model.LedgerId;
import java.util.Optional;

/** Where one value lies that auditors, workers and operators share. Source: metadata specification, section 12. */
public sealed interface RepairPlace {
    /** Of the mark of a ledger that lacks copies. */
    record Mark(LedgerId ledger) implements RepairPlace {}

    /** Of a value that there is once in a cluster. */
    enum Single implements RepairPlace {
        /** Something lies here while automatic repair is off. */
        DISABLED("disable"),
        LOST_BOOKIE_DELAY("lostBookieRecoveryDelay"),
        COPIES_CHECKED("checkallledgersctime"),
        PLACEMENT_CHECKED("placementpolicycheckctime"),
        REPLICAS_COUNTED("replicascheckctime"),
        /** Ours alone; the reference passes over it. */
        LIMITS("limits");

        private final String placeName;

        Single(String placeName) {
            this.placeName = placeName;
        }

        /** The last part of its path, in all stores. */
        public String placeName() {
            return placeName;
        }
    }

    /** Of the time when the search was completed; empty for the one that every auditor begins with. */
    static Optional<RepairPlace> timeOf(Search search) {
        return switch (search) {
            case LOST_BOOKIES -> Optional.empty();
            case MISSING_COPIES -> Optional.of(Single.COPIES_CHECKED);
            case PLACEMENT -> Optional.of(Single.PLACEMENT_CHECKED);
            case REPLICA_COUNT -> Optional.of(Single.REPLICAS_COUNTED);
        };
    }
}
