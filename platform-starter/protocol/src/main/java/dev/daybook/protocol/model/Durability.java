package dev.daybook.protocol.model;

/**
 * What an acknowledgement of a writer promises. A property of the writing handle; it is stored nowhere. Source: client
 * protocol, section 14.
 */
public enum Durability {
    /** An ack quorum has the entry on disk. */
    SYNCED,
    /**
     * An ack quorum has the entry, maybe in memory only. It is confirmed, and survives crashes of bookies, once a later
     * force has succeeded. Version 3 of the wire protocol only.
     */
    DEFERRED_SYNC
}
