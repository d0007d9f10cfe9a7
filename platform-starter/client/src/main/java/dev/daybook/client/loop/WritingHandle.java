package dev.daybook.client.loop;

import dev.daybook.client.AppendLedger;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** A writing end whose entries are numbered in the order of the appends. Thread-safe. */
final class WritingHandle implements AppendLedger {
    private final WritingEnd end;

    WritingHandle(WritingEnd end) {
        this.end = end;
    }

    @Override
    public CompletionStage<EntryId> append(byte[] payload) {
        return end.append(payload);
    }

    @Override
    public CompletionStage<EntryId> append(ByteBuffer payload) {
        return end.append(payload);
    }

    @Override
    public LedgerId id() {
        return end.id();
    }

    @Override
    public long lastAddConfirmed() {
        return end.lastAddConfirmed();
    }

    @Override
    public long length() {
        return end.length();
    }

    @Override
    public LedgerMetadata metadata() {
        return end.metadata();
    }

    @Override
    public CompletionStage<Long> force() {
        return end.force();
    }

    @Override
    public CompletionStage<LedgerMetadata> closeLedger() {
        return end.closeLedger();
    }

    @Override
    public void close() {
        end.close();
    }
}
