package dev.daybook.client.loop;

import dev.daybook.client.AdvancedAppendLedger;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** A writing end whose entry ids the application chooses. Thread-safe. */
final class AdvancedWritingHandle implements AdvancedAppendLedger {
    private final WritingEnd end;

    AdvancedWritingHandle(WritingEnd end) {
        this.end = end;
    }

    @Override
    public CompletionStage<EntryId> append(EntryId entry, byte[] payload) {
        return end.append(entry.value(), ByteBuffer.wrap(payload));
    }

    @Override
    public CompletionStage<EntryId> append(EntryId entry, ByteBuffer payload) {
        return end.append(entry.value(), payload);
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
