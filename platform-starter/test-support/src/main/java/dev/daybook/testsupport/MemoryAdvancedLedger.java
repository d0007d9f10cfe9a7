package dev.daybook.testsupport;

import dev.daybook.client.AdvancedAppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A writing end of a {@link MemoryLedger} that puts entries into the order of the ids that the application chose. */
final class MemoryAdvancedLedger implements AdvancedAppendLedger {
    private final MemoryLedger ledger;

    /** Above a gap. Guarded by {@code this}, like {@link #next}. */
    private final TreeMap<Long, Held> held = new TreeMap<>();

    private long next;

    private record Held(byte[] payload, CompletableFuture<EntryId> done) {}

    MemoryAdvancedLedger(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public CompletionStage<EntryId> append(EntryId entry, byte[] payload) {
        CompletableFuture<EntryId> done = new CompletableFuture<>();
        synchronized (this) {
            if (entry.value() < next || held.containsKey(entry.value())) {
                return CompletableFuture.failedFuture(new LedgerException(
                        Reason.DUPLICATE_ENTRY, "entry " + entry + " of ledger " + ledger.id() + " exists already"));
            }
            held.put(entry.value(), new Held(payload.clone(), done));
            for (Held head = held.remove(next); head != null; head = held.remove(next)) {
                CompletableFuture<EntryId> waiting = head.done();
                var unused = ledger.append(head.payload()).whenComplete((id, failure) -> {
                    if (failure == null) {
                        waiting.complete(id);
                    } else {
                        waiting.completeExceptionally(failure);
                    }
                });
                next++;
            }
        }
        return done;
    }

    @Override
    public CompletionStage<EntryId> append(EntryId entry, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return append(entry, bytes);
    }

    @Override
    public LedgerId id() {
        return ledger.id();
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

    @Override
    public CompletionStage<Long> force() {
        return CompletableFuture.completedFuture(ledger.lastAddConfirmed());
    }

    @Override
    public CompletionStage<LedgerMetadata> closeLedger() {
        LedgerMetadata closed = ledger.closeAtConfirmed();
        List<Held> cutOff;
        synchronized (this) {
            cutOff = List.copyOf(held.values());
            held.clear();
        }
        cutOff.forEach(entry -> entry.done()
                .completeExceptionally(
                        new LedgerException(Reason.LEDGER_CLOSED, "ledger " + ledger.id() + " is closed")));
        return CompletableFuture.completedFuture(closed);
    }

    @Override
    public void close() {
        closeLedger();
    }
}
