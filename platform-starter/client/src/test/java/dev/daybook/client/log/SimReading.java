package dev.daybook.client.log;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** The reading end of a simulated ledger; it knows what it was told last. */
final class SimReading implements ReadLedger {
    private final SimProcess process;
    private final SimWorld world;
    private final SimLedger ledger;
    private boolean knownClosed;
    private long knownLast;

    SimReading(SimProcess process, SimWorld world, SimLedger ledger) {
        this.process = process;
        this.world = world;
        this.ledger = ledger;
        learn();
    }

    private long learn() {
        knownClosed = ledger.isClosed();
        knownLast = ledger.confirmed - 1L;
        return knownLast;
    }

    private void mustExist() {
        if (!world.ledgers.containsValue(ledger)) {
            throw new LedgerException(Reason.NO_SUCH_LEDGER, "ledger " + ledger.id + " is gone");
        }
    }

    @Override
    public LedgerId id() {
        return ledger.id;
    }

    @Override
    public LedgerMetadata metadata() {
        return ledger.metadata();
    }

    @Override
    public boolean isClosed() {
        return knownClosed;
    }

    @Override
    public long lastAddConfirmed() {
        return knownLast;
    }

    @Override
    public long length() {
        return ledger.bytes((int) knownLast + 1);
    }

    /** Bytes are not counted: entries are small here. */
    @Override
    public CompletionStage<List<LedgerEntry>> readBatch(long first, int maxCount, long maxBytes) {
        return read(first, Math.min(knownLast, first + maxCount - 1));
    }

    @Override
    public CompletionStage<List<LedgerEntry>> read(long first, long last) {
        return process.call(new Object(), () -> {
            mustExist();
            return LongStream.rangeClosed(first, last)
                    .mapToObj(
                            entry -> new LedgerEntry(ledger.id, new EntryId(entry), 0, ledger.entries.get((int) entry)))
                    .toList();
        });
    }

    @Override
    public CompletionStage<List<LedgerEntry>> readUnconfirmed(long first, long last) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Long> readLastAddConfirmed() {
        return process.call(new Object(), () -> {
            mustExist();
            return learn();
        });
    }

    /** Nobody waits for the end of the time here. */
    @Override
    public CompletionStage<TailResult> awaitEntry(long entryId, Duration timeout) {
        return process.callWhen(ledger, () -> {
            mustExist();
            long last = learn();
            if (entryId <= last) {
                byte[] payload = ledger.entries.get((int) entryId);
                return Optional.of(
                        new TailResult.Arrived(new LedgerEntry(ledger.id, new EntryId(entryId), 0, payload), last));
            }
            return knownClosed ? Optional.of(new TailResult.EndOfLedger(last)) : Optional.empty();
        });
    }

    @Override
    public void close() {}
}
