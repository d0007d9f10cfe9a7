package dev.daybook.client.log;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.core.log.LogChain;
import dev.daybook.core.log.LogChain.Start;
import dev.daybook.core.log.LogSegment;
import dev.daybook.protocol.model.LedgerPassword;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cursor and the ledger it is in. A ledger is left only when it is closed and its last record was read, and the next one
 * listed in the chain is entered at its first entry: hence no gaps and no repeats. One poll or seek at a time owns the
 * fields; its stages follow one another.
 */
final class ChainReader implements LogReader {
    /** A poll that shall wait for ever comes back now and then with nothing. */
    private static final Duration WAIT_MAX = Duration.ofDays(1);

    private final String log;
    private final ChainRecord record;
    private final LogPorts ports;
    private final LedgerPassword password;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;
    /** What the operation under way waits for; closing ends it. */
    private volatile @Nullable Runnable interruption;

    private volatile Start cursor = new Start(0, 0);
    private @Nullable ReadLedger ledger;

    ChainReader(String log, ChainRecord record, LogPorts ports, LedgerPassword password) {
        this.log = log;
        this.record = record;
        this.ports = ports;
        this.password = password;
    }

    @Override
    public String log() {
        return log;
    }

    @Override
    public LogPosition position() {
        return LogPosition.of(cursor.segment(), cursor.entry());
    }

    @Override
    public CompletionStage<List<LogRecord>> poll(int maxRecords, Duration wait) {
        if (maxRecords < 1) {
            return CompletableFuture.failedFuture(
                    new LedgerException(Reason.BAD_ARGUMENT, "A poll asks for at least one record."));
        }
        Duration limited = wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX;
        Poll poll = new Poll(maxRecords, System.nanoTime() + limited.toNanos());
        return exclusively("poll", poll::run);
    }

    @Override
    public CompletionStage<LogPosition> seek(LogStart start) {
        return exclusively(
                "seek",
                () -> record.read().thenCompose(chain -> locate(start, chain)).thenApply(found -> {
                    leaveLedger();
                    cursor = found;
                    return position();
                }));
    }

    /** Runs one operation, and tells its outcome on the executor of callbacks. */
    @SuppressWarnings("FutureReturnValueIgnored") // The outcome goes to the future that the caller has.
    private <T> CompletionStage<T> exclusively(String what, Supplier<CompletableFuture<T>> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (closed) {
            result.completeExceptionally(closedFailure());
        } else if (!busy.compareAndSet(false, true)) {
            result.completeExceptionally(new LedgerException(
                    Reason.BAD_ARGUMENT,
                    "A " + what + " of log \"" + log + "\" must wait until the one before has ended."));
        } else {
            interruptWith(() -> complete(result, null, closedFailure()));
            LogFailures.staged(operation).whenComplete((value, failure) -> {
                if (closed) {
                    leaveLedger();
                }
                interruption = null;
                busy.set(false);
                ports.callbacks().execute(() -> complete(result, value, failure));
            });
        }
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, @Nullable T value, @Nullable Throwable failure) {
        if (failure != null) {
            result.completeExceptionally(LogFailures.of(failure));
        } else {
            result.complete(value);
        }
    }

    private void interruptWith(Runnable interrupt) {
        interruption = interrupt;
        if (closed) {
            interrupt.run();
        }
    }

    private LedgerException closedFailure() {
        return new LedgerException(Reason.CLIENT_CLOSED, "The reader of log \"" + log + "\" has been closed.");
    }

    private CompletableFuture<Start> locate(LogStart start, LogChain chain) {
        if (start instanceof LogStart.At at) {
            return CompletableFuture.completedFuture(
                    sought(new Start(at.position().segment(), at.position().entry()), chain));
        } else if (start instanceof LogStart.After after) {
            return CompletableFuture.completedFuture(sought(
                    new Start(after.position().segment(), after.position().entry() + 1), chain));
        } else if (start instanceof LogStart.Since since) {
            return CompletableFuture.completedFuture(writtenAt(since.time().toEpochMilli(), chain));
        }
        return start instanceof LogStart.Latest ? endOf(chain) : CompletableFuture.completedFuture(chain.start());
    }

    private Start checked(Start wanted, LogChain chain) {
        if (chain.isTruncated(wanted)) {
            throw LogFailures.truncated(log, wanted, chain);
        }
        return wanted;
    }

    /** Waiting there would skip whatever is written until the log has grown so far. */
    private Start sought(Start wanted, LogChain chain) {
        if (chain.isBeyondEnd(wanted)) {
            throw LogFailures.beyondEnd(log, LogPosition.of(wanted.segment(), wanted.entry()));
        }
        return checked(wanted, chain);
    }

    private static Start writtenAt(long millis, LogChain chain) {
        Start found = chain.start();
        for (LogSegment segment : chain.segments()) {
            Start first = new Start(segment.number(), 0);
            if (segment.openedMillis() <= millis && !chain.isTruncated(first)) {
                found = first;
            }
        }
        return found;
    }

    private CompletableFuture<Start> endOf(LogChain chain) {
        Optional<LogSegment> last = chain.lastReadable();
        if (last.isEmpty()) {
            return CompletableFuture.completedFuture(chain.start());
        }
        LogSegment segment = last.get();
        if (segment.isSealed()) {
            return CompletableFuture.completedFuture(new Start(segment.number(), segment.lastEntry() + 1));
        }
        return LogFailures.staged(() -> ports.ledgers().open(segment.ledger(), password))
                .thenCompose(open -> LogFailures.staged(open::readLastAddConfirmed)
                        .whenComplete((lac, failure) -> open.close())
                        .thenApply(lac -> new Start(segment.number(), lac + 1)));
    }

    /** The handle belongs to the operation that is under way. */
    private void leaveLedger() {
        ReadLedger left = ledger;
        ledger = null;
        if (left != null) {
            left.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        Runnable interrupt = interruption;
        if (interrupt != null) {
            interrupt.run();
        }
        if (busy.compareAndSet(false, true)) {
            leaveLedger();
        }
    }

    /** One poll. */
    private final class Poll {
        private final int maxRecords;
        private final long deadlineNanos;

        Poll(int maxRecords, long deadlineNanos) {
            this.maxRecords = maxRecords;
            this.deadlineNanos = deadlineNanos;
        }

        private Duration rest() {
            return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
        }

        CompletableFuture<List<LogRecord>> run() {
            ReadLedger open = ledger;
            CompletableFuture<List<LogRecord>> step = open == null ? enter() : readOrWait(open);
            return step.exceptionallyCompose(this::explain);
        }

        /** A ledger that vanished, or its entries, may have been truncated: then that is what the caller must hear. */
        private CompletableFuture<List<LogRecord>> explain(Throwable failure) {
            LedgerException reason = LogFailures.of(failure);
            leaveLedger();
            if (reason.reason() == Reason.POSITION_TRUNCATED || reason.reason() == Reason.NO_SUCH_LOG) {
                return CompletableFuture.failedFuture(reason);
            }
            return record.read()
                    .thenCompose(chain -> CompletableFuture.failedFuture(
                            chain.isTruncated(cursor) ? LogFailures.truncated(log, cursor, chain) : reason));
        }

        private CompletableFuture<List<LogRecord>> enter() {
            return record.read().thenCompose(chain -> {
                Optional<LogSegment> next =
                        chain.readableFrom(checked(cursor, chain).segment());
                return next.isPresent() ? open(next.get()) : awaitSegment();
            });
        }

        private CompletableFuture<List<LogRecord>> open(LogSegment segment) {
            if (segment.number() != cursor.segment()) {
                cursor = new Start(segment.number(), 0);
            }
            return LogFailures.staged(() -> ports.ledgers().open(segment.ledger(), password))
                    .thenCompose(opened -> {
                        ledger = opened;
                        return readOrWait(opened);
                    });
        }

        /** Waits for the chain to grow or to end; a timeout is an empty poll. */
        private CompletableFuture<List<LogRecord>> awaitSegment() {
            if (rest().isZero()) {
                return CompletableFuture.completedFuture(List.of());
            }
            CompletableFuture<Boolean> changed = new CompletableFuture<>();
            long wanted = cursor.segment();
            Subscription watch = record.watch(found -> {
                if (found.isEmpty()
                        || found.get().deleted()
                        || found.get().isTruncated(cursor)
                        || found.get().readableFrom(wanted).isPresent()) {
                    changed.complete(true);
                }
            });
            return changed.completeOnTimeout(false, rest().toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((result, failure) -> watch.close())
                    .thenCompose(grown -> grown ? enter() : CompletableFuture.completedFuture(List.<LogRecord>of()));
        }

        /** Whether it is closed must be asked first: a closed ledger does not grow, an open one does. */
        private CompletableFuture<List<LogRecord>> readOrWait(ReadLedger open) {
            boolean ended = open.isClosed();
            long entry = cursor.entry();
            long last = open.lastAddConfirmed();
            if (entry <= last) {
                return LogFailures.staged(() -> open.read(entry, Math.min(last, entry + maxRecords - 1)))
                        .thenApply(this::deliver);
            }
            if (ended) {
                return leave();
            }
            Duration rest = rest();
            if (rest.isZero()) {
                return LogFailures.staged(open::readLastAddConfirmed)
                        .thenCompose(lac -> lac >= entry || open.isClosed()
                                ? readOrWait(open)
                                : CompletableFuture.completedFuture(List.<LogRecord>of()));
            }
            return LogFailures.staged(() -> open.awaitEntry(entry, rest)).thenCompose(this::onWaited);
        }

        private CompletableFuture<List<LogRecord>> onWaited(TailResult result) {
            if (result instanceof TailResult.Arrived arrived) {
                return CompletableFuture.completedFuture(deliver(List.of(arrived.entry())));
            }
            return result instanceof TailResult.EndOfLedger ? leave() : CompletableFuture.completedFuture(List.of());
        }

        /** The ledger has been read to its end. */
        private CompletableFuture<List<LogRecord>> leave() {
            leaveLedger();
            cursor = new Start(cursor.segment() + 1, 0);
            return enter();
        }

        private List<LogRecord> deliver(List<LedgerEntry> entries) {
            Start first = cursor;
            cursor = new Start(first.segment(), first.entry() + entries.size());
            Function<LedgerEntry, LogRecord> toRecord = entry ->
                    new LogRecord(LogPosition.of(first.segment(), entry.id().value()), entry.ledger(), entry.payload());
            return entries.stream().map(toRecord).toList();
        }
    }
}
