package dev.daybook.core.read;

import dev.daybook.protocol.model.BookieId;

/** A copy that is not what it should be, seen while another replica was found good. */
public record Defect(BookieId bookie, Kind kind) {
    /** What is wrong with it. */
    public enum Kind {
        /** The bytes do not match their digest. */
        CORRUPT,
        /** The bookie says that it does not have it. No fault unless the entry is confirmed. */
        MISSING
    }
}
