package dev.daybook.core.write;

/** What became of an entry whose id the application chose. Source: client protocol specification, section 8. */
public enum Taking {
    /** It is on its way. Its acknowledgement waits for every lower id, however late those come. */
    TAKEN,
    /** An entry with this id was taken before. The payload stays with the caller. */
    DUPLICATE,
    /** The handle takes no entries any more. The payload stays with the caller. */
    REFUSED
}
