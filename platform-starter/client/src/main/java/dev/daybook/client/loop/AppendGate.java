package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.net.Network;
import dev.daybook.protocol.digest.EntryHeader;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerId;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Decides on the application's thread whether an entry may enter the client, and makes it wait for room. Thread-safe. */
final class AppendGate {
    private final Network network;
    private final LoopConfig config;
    private final PendingBytes pending;
    private final Duration deadline;
    private volatile boolean closed;

    AppendGate(Network network, LoopConfig config, PendingBytes pending) {
        this.network = network;
        this.config = config;
        this.pending = pending;
        // Long enough for the slowest way out of a full client: a bookie times out and is replaced in the metadata.
        this.deadline = config.addTimeout().plus(config.metadataTimeout());
    }

    int headerBytes(DigestType digest) {
        return EntryHeader.METADATA_LENGTH + digest.digestBytes();
    }

    /** @throws LedgerException if the entry cannot be taken; then nothing was sent and the handle stays usable */
    void enter(LedgerId ledger, int headerBytes, int payloadBytes) {
        check(ledger, headerBytes, payloadBytes);
        try {
            if (!pending.take(payloadBytes, patience())) {
                throw full(ledger, payloadBytes);
            }
        } catch (InterruptedException e) {
            throw interrupted(ledger, e);
        }
    }

    /**
     * As {@link #enter(LedgerId, int, int)}, for an entry that must not wait for room while what fills the room waits for
     * it.
     *
     * @param awaited whether that is so; may become true at any moment
     * @return the bytes that count against the limit, to be given back by {@link #leave}
     */
    int enter(LedgerId ledger, int headerBytes, int payloadBytes, BooleanSupplier awaited) {
        check(ledger, headerBytes, payloadBytes);
        try {
            if (pending.take(payloadBytes, patience(), awaited)) {
                return payloadBytes;
            }
        } catch (InterruptedException e) {
            throw interrupted(ledger, e);
        }
        if (awaited.getAsBoolean()) {
            return 0;
        }
        throw full(ledger, payloadBytes);
    }

    private void check(LedgerId ledger, int headerBytes, int payloadBytes) {
        if ((long) payloadBytes + headerBytes > config.maxPackagedBytes()) {
            throw new LedgerException(
                    Reason.ENTRY_TOO_LARGE,
                    "The entry of " + payloadBytes + " bytes is too large for ledger " + ledger + ": at most "
                            + (config.maxPackagedBytes() - headerBytes) + " bytes fit into a frame of "
                            + config.maxFrameBytes()
                            + " bytes; raise daybook.client.max-frame-bytes here and the limit of the bookies with it");
        }
        if (closed) {
            throw Failures.clientClosed("Appending to ledger " + ledger);
        }
    }

    /** A loop would wait for itself. */
    private Duration patience() {
        return network.isLoopThread() ? Duration.ZERO : deadline;
    }

    private static LedgerException interrupted(LedgerId ledger, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new LedgerException(
                Reason.TOO_MANY_REQUESTS,
                "The append to ledger " + ledger + " was interrupted while it waited for room",
                cause);
    }

    private LedgerException full(LedgerId ledger, int payloadBytes) {
        return new LedgerException(
                Reason.TOO_MANY_REQUESTS,
                "The entry of " + payloadBytes + " bytes for ledger " + ledger + " found no room within "
                        + deadline.toMillis() + " ms: the bookies owe answers for " + pending.maxBytes()
                        + " bytes, the limit of daybook.client.max-pending-bytes");
    }

    void leave(int payloadBytes) {
        pending.giveBack(payloadBytes);
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
