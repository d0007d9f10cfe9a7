package dev.daybook.server.garbage;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What garbage collection asks the metadata service. May block, but not for ever. Every method throws
 * {@link IOException} if it cannot tell, and an answer that is not complete is none.
 */
public interface LedgersInMetadata {
    /** Whether the metadata is that of the cluster that this bookie belongs to. */
    boolean isOurCluster() throws IOException;

    /** @throws IOException with one sentence if it is another cluster's, or if that cannot be told */
    default void requireOurCluster() throws IOException {
        if (!isOurCluster()) {
            throw new IOException("The metadata service holds another cluster than the one this bookie belongs to:"
                    + " correct daybook.metadata-uri or restore the metadata.");
        }
    }

    /** Tells the ids of all ledgers that exist, each once. */
    void forEach(LongConsumer ledgers) throws IOException;

    /** Reads the metadata of one ledger. */
    Standing standingOf(long ledgerId) throws IOException;

    /** Takes the lock of repair; empty if somebody holds it. */
    Optional<Lock> lock(long ledgerId) throws IOException;

    /** Gives back, without waiting for it, locks that calls which failed may have left to this bookie. */
    void settleLocks();

    /** How a ledger and this bookie stand to each other. */
    enum Standing {
        /** The service clearly says that there is no such ledger. */
        GONE,
        /** This bookie is in one of its ensembles. */
        HERE,
        /** It is closed, and this bookie is in none of its ensembles. */
        ELSEWHERE,
        /** It is not closed; an ensemble may be changing this very moment. */
        UNSETTLED
    }

    /** A lock that is held. */
    interface Lock {
        void release() throws IOException;
    }
}
