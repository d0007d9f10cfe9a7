package dev.daybook.client.loop;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The application's end of a reader: checks arguments and leaves the rest to the loop. Thread-safe. */
final class ReadingHandle implements ReadLedger {
    private final LedgerId id;
    private final LedgerLoop loop;
    private final ReaderState state;
    private final Promises promises;

    /** Follows the writer; absent for ledgers that were closed when they were opened. */
    private final MetadataStore.@Nullable Subscription watch;

    private volatile boolean closed;

    ReadingHandle(LedgerId id, ReaderState state, Promises promises, MetadataStore.@Nullable Subscription watch) {
        this.id = id;
        this.loop = state.loop();
        this.state = state;
        this.promises = promises;
        this.watch = watch;
    }

    @Override
    public LedgerId id() {
        return id;
    }

    @Override
    public LedgerMetadata metadata() {
        return state.metadata();
    }

    @Override
    public boolean isClosed() {
        return state.metadata().isClosed();
    }

    @Override
    public long lastAddConfirmed() {
        return state.lastAddConfirmed();
    }

    @Override
    public long length() {
        return state.length();
    }

    @Override
    public CompletionStage<List<LedgerEntry>> read(long first, long last) {
        Promise<List<LedgerEntry>> promise = promises.make(describe("Reading", first, last));
        long confirmed = state.lastAddConfirmed();
        if (last > confirmed && first >= 0 && first <= last) {
            promise.fail(new LedgerException(
                    Reason.READ_FAILED, promise.what() + " failed: the last confirmed entry is " + confirmed));
            return promise.stage();
        }
        return read(promise, first, last);
    }

    @Override
    public CompletionStage<List<LedgerEntry>> readUnconfirmed(long first, long last) {
        return read(promises.make(describe("Reading unconfirmed", first, last)), first, last);
    }

    private String describe(String what, long first, long last) {
        return what + " entries " + first + " to " + last + " of ledger " + id;
    }

    private CompletionStage<List<LedgerEntry>> read(Promise<List<LedgerEntry>> promise, long first, long last) {
        if (first < 0 || last < first) {
            promise.fail(
                    new LedgerException(Reason.BAD_ARGUMENT, promise.what() + " failed: 0 <= first <= last must hold"));
        } else if (closed) {
            promise.fail(handleClosed(promise.what()));
        } else {
            loop.execute(() -> new RangeReading(state, first, last, outcomeOf(promise)).start());
        }
        return promise.stage();
    }

    private RangeReading.Outcome outcomeOf(Promise<List<LedgerEntry>> promise) {
        return new RangeReading.Outcome() {
            @Override
            public void complete(List<LedgerEntry> entries) {
                state.onLength(entries.get(entries.size() - 1).length());
                promise.complete(entries);
            }

            @Override
            public void fail(LedgerException failure) {
                promise.fail(failure);
            }
        };
    }

    @Override
    public CompletionStage<List<LedgerEntry>> readBatch(long first, int maxCount, long maxBytes) {
        Promise<List<LedgerEntry>> promise =
                promises.make("Reading a batch from entry " + first + " of ledger " + id + " on");
        long confirmed = state.lastAddConfirmed();
        if (first < 0) {
            promise.fail(new LedgerException(
                    Reason.BAD_ARGUMENT, promise.what() + " failed: an entry id is never negative"));
        } else if (first > confirmed) {
            promise.fail(new LedgerException(
                    Reason.READ_FAILED, promise.what() + " failed: the last confirmed entry is " + confirmed));
        } else if (closed) {
            promise.fail(handleClosed(promise.what()));
        } else {
            long wanted = maxCount > 0 ? maxCount : Integer.MAX_VALUE;
            int count = (int) Math.min(wanted, confirmed - first + 1);
            int frame = loop.config().maxFrameBytes();
            long bytes = maxBytes > 0 ? Math.min(maxBytes, frame) : frame;
            loop.execute(() -> new BatchReading(state, first, count, bytes, outcomeOf(promise)).start());
        }
        return promise.stage();
    }

    @Override
    public CompletionStage<Long> readLastAddConfirmed() {
        Promise<Long> promise = promises.make("Reading the last confirmed entry of ledger " + id);
        if (closed) {
            promise.fail(handleClosed(promise.what()));
            return promise.stage();
        }
        loop.execute(() -> new LacReading(state, state.lastAddConfirmed(), outcome -> {
                    if (outcome instanceof CompleteLac.Outcome.Confirmed confirmed) {
                        state.onLac(confirmed.lastAddConfirmed());
                        promise.complete(state.lastAddConfirmed());
                    } else if (outcome instanceof CompleteLac.Outcome.Failed failed) {
                        promise.fail(Failures.of(loop, promise.what(), failed.reason()));
                    }
                })
                .start());
        return promise.stage();
    }

    @Override
    public CompletionStage<TailResult> awaitEntry(long entryId, Duration timeout) {
        Promise<TailResult> promise = promises.make("Waiting for entry " + entryId + " of ledger " + id);
        if (entryId < 0 || timeout.isNegative()) {
            promise.fail(new LedgerException(
                    Reason.BAD_ARGUMENT, promise.what() + " failed: neither entry nor timeout may be negative"));
        } else if (closed) {
            promise.fail(handleClosed(promise.what()));
        } else {
            loop.execute(() -> await(promise, entryId, timeout));
        }
        return promise.stage();
    }

    private void await(Promise<TailResult> promise, long entryId, Duration timeout) {
        TailWaiting[] self = new TailWaiting[1];
        self[0] = new TailWaiting(state, state, entryId, timeout, new TailWaiting.Outcome() {
            @Override
            public void complete(TailResult result) {
                state.forget(self[0]);
                if (result instanceof TailResult.Arrived arrived) {
                    state.onLength(arrived.entry().length());
                }
                promise.complete(result);
            }

            @Override
            public void fail(LedgerException failure) {
                state.forget(self[0]);
                promise.fail(failure);
            }
        });
        state.wait(self[0]);
    }

    private static LedgerException handleClosed(String what) {
        return new LedgerException(Reason.LEDGER_CLOSED, what + " failed: this handle is closed");
    }

    @Override
    public void close() {
        closed = true;
        if (watch != null) {
            watch.close();
        }
        loop.execute(state::endWaits);
    }
}
