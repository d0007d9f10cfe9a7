package dev.daybook.client.loop;

import dev.daybook.client.AdvancedAppendLedger;
import dev.daybook.protocol.model.EntryId;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** A writing end whose entry ids the application chooses. Thread-safe. */
record AdvancedWritingHandle(WritingEnd end) implements AdvancedAppendLedger, ForwardingLedger {
    @Override
    public CompletionStage<EntryId> append(EntryId entry, byte[] payload) {
        return end.append(entry.value(), ByteBuffer.wrap(payload));
    }

    @Override
    public CompletionStage<EntryId> append(EntryId entry, ByteBuffer payload) {
        return end.append(entry.value(), payload);
    }
}
