package dev.daybook.simulator.client;

import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.core.read.LacReader;
import dev.daybook.core.read.LacTraffic;
import dev.daybook.core.read.SendReadLac;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.world.Actor;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;
import java.util.function.Consumer;

/** A client that reads one ledger without disturbing anybody. */
public final class Reader {
    private final ReadingHandle handle;
    private long lastConfirmed = -1;
    private int open;

    public Reader(Surroundings around, String name, long ledgerId) {
        this.handle = ReadingHandle.open(around, name, ledgerId);
    }

    public Actor process() {
        return handle.process();
    }

    /** Learns what is confirmed and reads all of that. */
    public void readConfirmed() {
        handle.process()
                .act(() -> handle.around().metadata().readPerhapsStale(handle.process(), handle.ledgerId(), reply -> {
                    if (reply instanceof MetadataReply.Found found) {
                        LedgerMetadata metadata = found.record().value();
                        new LacQuestion(metadata, lac -> readUpTo(metadata, lac)).start();
                    }
                }));
    }

    /** Reads every entry up to this one. */
    public void readUpTo(LedgerMetadata metadata, long last) {
        boolean whole = metadata.quorum().ensemble() == metadata.quorum().write();
        if (whole && handle.plan().batchEntries() > 0) {
            readBatch(metadata, 0, last);
        } else {
            readSingly(metadata, 0, last);
        }
    }

    private void readSingly(LedgerMetadata metadata, long first, long last) {
        for (long entryId = first; entryId <= last; entryId++) {
            open++;
            new EntryReading(handle, entryId, metadata, () -> open--).start();
        }
    }

    /** Batch after batch; what one does not bring is read entry by entry. */
    private void readBatch(LedgerMetadata metadata, long first, long last) {
        if (first > last) {
            return;
        }
        long end = Math.min(last, lastOfFragment(metadata, first));
        int count = (int) Math.min(handle.plan().batchEntries(), end - first + 1);
        open++;
        new BatchReading(handle, metadata, first, count, next -> {
                    open--;
                    if (next == first) {
                        readSingly(metadata, first, first + count - 1);
                        readBatch(metadata, first + count, last);
                    } else {
                        readBatch(metadata, next, last);
                    }
                })
                .start();
    }

    /** The next fragment lies on other bookies. */
    private static long lastOfFragment(LedgerMetadata metadata, long entryId) {
        return metadata.fragments().stream()
                .mapToLong(fragment -> fragment.firstEntryId() - 1)
                .filter(last -> last >= entryId)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    public void checkAtRest() {
        handle.checkAtRest(open);
    }

    /** One question for the last confirmed entry. */
    private final class LacQuestion implements LacTraffic {
        private final LacReader core;
        private final Consumer<Long> then;
        private final int operation;

        LacQuestion(LedgerMetadata metadata, Consumer<Long> then) {
            this.core = new LacReader(metadata, lastConfirmed);
            this.then = then;
            this.operation = handle.around()
                    .history()
                    .invoke(handle.process().name(), handle.name(), Call.READ_LAC, handle.ledgerId());
        }

        void start() {
            open++;
            core.start();
            core.drainTo(this);
        }

        @Override
        public void sendReadLac(SendReadLac effect) {
            handle.bookies().readLac(effect.bookie(), answer -> {
                core.onLacReply(effect.position(), answer);
                core.drainTo(this);
            });
        }

        @Override
        public void completeLac(CompleteLac effect) {
            open--;
            if (effect.outcome() instanceof CompleteLac.Outcome.Confirmed confirmed) {
                long lac = confirmed.lastAddConfirmed();
                lastConfirmed = Math.max(lastConfirmed, lac);
                handle.tell(() -> "learns that " + lac + " is confirmed");
                handle.around().history().end(operation, Kind.OK, "", lac, -1, "");
                then.accept(lac);
            } else {
                handle.around()
                        .history()
                        .end(operation, Kind.INFO, effect.outcome().toString());
            }
        }
    }
}
