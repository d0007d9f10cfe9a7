package dev.daybook.server.journal;

/** What becomes of a journal as a whole. Called from its threads; must not block. */
public interface JournalEvents {
    /**
     * Nothing can be promised any more. Told once.
     *
     * @param reason one sentence for a person
     */
    void onFatal(String reason);

    /** A checkpoint should come soon: many files wait for it, or there is no space for another one. */
    void onFlushWanted();

    /**
     * The file to go on in cannot be made for want of space. What is in flight still fits into the present one.
     *
     * @param reason one sentence for a person
     */
    void onFull(String reason);

    /** The file could be made after all. */
    void onUsable();

    /** Whether appends wait for space; nothing more should be sent then, not even a fence. */
    void onBlocked(boolean blocked);
}
