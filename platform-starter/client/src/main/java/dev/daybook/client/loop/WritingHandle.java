package dev.daybook.client.loop;

import dev.daybook.client.AppendLedger;
import dev.daybook.protocol.model.EntryId;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** A writing end whose entries are numbered in the order of the appends. Thread-safe. */
record WritingHandle(WritingEnd end) implements AppendLedger, ForwardingLedger {
    @Override
    public CompletionStage<EntryId> append(byte[] payload) {
        return end.append(payload);
    }

    @Override
    public CompletionStage<EntryId> append(ByteBuffer payload) {
        return end.append(payload);
    }
}
