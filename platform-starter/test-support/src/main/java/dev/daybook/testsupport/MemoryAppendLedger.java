package dev.daybook.testsupport;

import dev.daybook.client.AppendLedger;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The writing end of a {@link MemoryLedger}. */
final class MemoryAppendLedger implements AppendLedger {
    private final MemoryLedger ledger;

    MemoryAppendLedger(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public LedgerId id() {
        return ledger.id();
    }

    @Override
    public CompletionStage<EntryId> append(byte[] payload) {
        return ledger.append(payload);
    }

    @Override
    public CompletionStage<EntryId> append(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return ledger.append(bytes);
    }

    @Override
    public long lastAddConfirmed() {
        return ledger.lastAddConfirmed();
    }

    @Override
    public long length() {
        return ledger.submittedLength();
    }

    @Override
    public LedgerMetadata metadata() {
        return ledger.metadata();
    }

    /** Memory is as durable as it gets here. */
    @Override
    public CompletionStage<Long> force() {
        return CompletableFuture.completedFuture(ledger.lastAddConfirmed());
    }

    @Override
    public CompletionStage<LedgerMetadata> closeLedger() {
        return CompletableFuture.completedFuture(ledger.closeAtConfirmed());
    }

    @Override
    public void close() {
        ledger.closeAtConfirmed();
    }
}
