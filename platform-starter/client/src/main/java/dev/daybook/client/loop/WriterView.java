package dev.daybook.client.loop;

import dev.daybook.core.write.LedgerWriter;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.OptionalLong;

/**
 * What the application may look at of a writer, from any thread. Its loop keeps it up to date, value by value and not
 * with a new object, because nearly every answer of a bookie changes something.
 */
final class WriterView {
    private static final long OPEN = -1;

    private volatile long lastAddConfirmed = EntryId.NONE;
    private volatile long lastAcknowledged = EntryId.NONE;
    private volatile LedgerMetadata metadata;

    /** Fixed together with the end of the writer, and set last. */
    private volatile long finalLength = OPEN;

    WriterView(LedgerMetadata metadata) {
        this.metadata = metadata;
    }

    /** Call on the loop only. */
    @SuppressWarnings("ReferenceEquality") // A record that was changed is another object.
    void follow(LedgerWriter<?> writer) {
        if (lastAddConfirmed != writer.lastAddConfirmed()) {
            lastAddConfirmed = writer.lastAddConfirmed();
        }
        if (lastAcknowledged != writer.lastAcknowledged()) {
            lastAcknowledged = writer.lastAcknowledged();
        }
        if (metadata != writer.metadata()) {
            metadata = writer.metadata();
        }
        if (finalLength == OPEN && writer.failure().isPresent()) {
            finalLength = writer.length();
        }
    }

    /** What the writer vouches for. */
    long lastAddConfirmed() {
        return lastAddConfirmed;
    }

    /** Highest entry whose append was acknowledged; above {@link #lastAddConfirmed} only with deferred sync. */
    long lastAcknowledged() {
        return lastAcknowledged;
    }

    LedgerMetadata metadata() {
        return metadata;
    }

    /** Payload bytes of the entries taken and not failed; empty while entries are taken. */
    OptionalLong finalLength() {
        long length = finalLength;
        return length == OPEN ? OptionalLong.empty() : OptionalLong.of(length);
    }

    boolean hasEnded() {
        return finalLength != OPEN;
    }
}
