package dev.daybook.server.shard;

/** What the request execution tells whoever runs it. Called from storage threads; implementations must not block. */
public interface BookieEvents {
    /**
     * Durability can no longer be promised. Nothing is acknowledged from now on; the process has to end and to be
     * started again, which recovers from disk. Told once.
     *
     * @param reason one sentence for a person
     */
    void onFatal(String reason);

    /**
     * A flush found no space. The bookie has already turned read-only; what was acknowledged is safe in the journal.
     *
     * @param reason one sentence for a person
     */
    void onDiskFull(String reason);

    /** A flush succeeded after {@link #onDiskFull}. The bookie stays read-only until told otherwise. */
    void onDiskUsable();
}
