package dev.daybook.importer;

/** Is told now and then how far an import has come. */
@FunctionalInterface
public interface ImportListener {
    /** What is being done. */
    enum Phase {
        COPY,
        REPLAY,
        VERIFY
    }

    /**
     * @param ledgers done in this phase
     * @param ledgersTotal 0 if that is not known
     * @param entries done in this phase
     */
    void progress(Phase phase, long ledgers, long ledgersTotal, long entries);
}
