package dev.daybook.client.log;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.log.LedgerSteps.Prepared;
import dev.daybook.core.log.LogChain;
import dev.daybook.core.log.LogChain.LedgerEnd;
import dev.daybook.core.log.LogChain.Writer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of one log. Everything below the fields but the public methods runs on the owner's executor, one task at a
 * time. A ledger is left in one of two ways: when it is full, after all of its records are acknowledged and it is closed;
 * when it fails, after it is recovered and what it holds is known. Only then the next one takes records.
 */
final class ChainWriter implements LogWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);

    /** After a failed attempt to prepare the next ledger the present one is used on for so long. */
    private static final long PAUSE_MILLIS = 5_000;

    /** Reasons for which the client did not take an entry at all; the ledger goes on. */
    private static final Set<Reason> REFUSALS =
            Set.of(Reason.ENTRY_TOO_LARGE, Reason.BAD_ARGUMENT, Reason.TOO_MANY_REQUESTS);

    private enum State {
        WRITING,
        /** The next ledger is ready; the present one takes no more records and is closed when it is quiet. */
        SWITCHING,
        /** The present ledger failed; when it is quiet, it is recovered. */
        REPAIRING,
        ENDED
    }

    private final String log;
    private final Writer writer;
    private final LogWriterConfig config;
    private final LogPorts ports;
    private final LedgerSteps steps;
    private final LedgerLeaving leaving;
    private final Room room;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** Records that wait for the next ledger. */
    private final ArrayDeque<PendingRecord> waiting = new ArrayDeque<>();

    private final AwaitedRolls rolls;
    private WritingLedger current;
    private @Nullable Prepared prepared;
    private State state = State.WRITING;
    private boolean preparing;
    /** A step of several calls is under way, which ends with a call of {@link #advance}. */
    private boolean stepping;

    private boolean closing;
    private long nextAttemptMillis = Long.MIN_VALUE;
    private @Nullable LedgerException end;

    ChainWriter(
            String log, Writer writer, LogWriterConfig config, LogPorts ports, LedgerSteps steps, WritingLedger first) {
        this.log = log;
        this.writer = writer;
        this.config = config;
        this.ports = ports;
        this.steps = steps;
        this.leaving = new LedgerLeaving(ports, config.ledger().password());
        this.room = new Room(config.maxPendingBytes());
        this.rolls = new AwaitedRolls(ports.callbacks());
        this.current = first;
    }

    @Override
    public String log() {
        return log;
    }

    @Override
    public long epoch() {
        return writer.epoch();
    }

    @Override
    public CompletionStage<LogPosition> append(byte[] payload) {
        try {
            long waitMillis =
                    ports.isCallback().getAsBoolean() ? 0 : config.maxWait().toMillis();
            if (!room.enter(payload.length, waitMillis)) {
                return CompletableFuture.failedFuture(noRoom());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(noRoom());
        }
        PendingRecord record = new PendingRecord(payload.clone(), room, ports.callbacks());
        ports.owner().execute(() -> accept(record));
        return record.stage();
    }

    private LedgerException noRoom() {
        return new LedgerException(
                Reason.TOO_MANY_REQUESTS,
                "The record for log \"" + log + "\" found no room: " + config.maxPendingBytes()
                        + " bytes are not acknowledged yet, the limit of the writer");
    }

    private void accept(PendingRecord record) {
        LedgerException reason = end;
        if (reason != null) {
            record.fail(reason);
        } else if (closing) {
            record.fail(closedFailure());
        } else if (state == State.WRITING) {
            write(record);
            rollIfDue();
        } else {
            waiting.add(record);
        }
    }

    private void write(PendingRecord record) {
        WritingLedger target = current;
        target.onWrite(record);
        onOwner(
                LogFailures.staged(() -> target.ledger().append(record.payload())),
                id -> {
                    target.onCallEnded();
                    target.onAcknowledged(record, id.value());
                    advance();
                },
                failure -> {
                    target.onCallEnded();
                    onWriteFailed(target, record, failure);
                });
    }

    private void onWriteFailed(WritingLedger target, PendingRecord record, LedgerException failure) {
        if (REFUSALS.contains(failure.reason())) {
            target.onRefused(record);
            record.fail(failure);
        } else if (state == State.WRITING || state == State.SWITCHING) {
            LOG.info(
                    "log {} goes on in another ledger than {}: {}",
                    log,
                    target.ledger().id(),
                    failure.getMessage());
            state = State.REPAIRING;
        }
        advance();
    }

    private void rollIfDue() {
        long now = ports.clockMillis().getAsLong();
        boolean due = current.bytes() >= config.rollBytes()
                || now - current.segment().openedMillis() >= config.rollAge().toMillis();
        if (due && now >= nextAttemptMillis) {
            prepareNext();
        }
    }

    /** While the next ledger is made, the present one is written to. */
    private void prepareNext() {
        if (preparing || prepared != null) {
            return;
        }
        preparing = true;
        onOwner(
                steps.prepare(writer, config.ledger()),
                next -> {
                    preparing = false;
                    prepared = next;
                    if (state == State.ENDED) {
                        LedgerLeaving.release(next.ledger());
                    } else if (state == State.WRITING) {
                        state = State.SWITCHING;
                    }
                    advance();
                },
                failure -> {
                    preparing = false;
                    onPrepareFailed(failure);
                });
    }

    private void onPrepareFailed(LedgerException failure) {
        if (failure.reason() == Reason.WRITER_DEPOSED || failure.reason() == Reason.NO_SUCH_LOG) {
            end(failure);
            return;
        }
        LOG.warn(
                "log {} goes on in ledger {} for now: {}", log, current.ledger().id(), failure.getMessage());
        nextAttemptMillis = ports.clockMillis().getAsLong() + PAUSE_MILLIS;
        rolls.failed(failure);
        advance();
    }

    /** Does what the state asks for, as soon as nothing else is under way. */
    private void advance() {
        if (stepping || state == State.ENDED) {
            return;
        }
        if (state == State.WRITING) {
            while (!waiting.isEmpty() && state == State.WRITING) {
                write(waiting.remove());
            }
            if (closing && waiting.isEmpty() && current.isQuiet() && !preparing) {
                closeCurrent();
            }
        } else if (current.isQuiet() && !preparing) {
            if (state == State.REPAIRING) {
                repair();
            } else {
                switchOver();
            }
        }
    }

    /** The ledger is full: close it, then activate the next. */
    private void switchOver() {
        Prepared next = prepared;
        if (next == null) {
            throw new IllegalStateException("there is a next ledger while switching");
        }
        stepping = true;
        WritingLedger former = current;
        CompletableFuture<LedgerEnd> ended = leaving.close(former);
        onOwner(ended, formerEnd -> activate(next, formerEnd), failure -> {
            LOG.info("ledger {} of log {} is recovered: {}", former.ledger().id(), log, failure.getMessage());
            stepping = false;
            state = State.REPAIRING;
            advance();
        });
    }

    private void activate(Prepared next, LedgerEnd formerEnd) {
        onOwner(
                leaving.retrying(() -> steps.activate(writer, next, Optional.of(formerEnd))),
                chain -> onActivated(next, chain),
                this::end);
    }

    private void onActivated(Prepared next, LogChain chain) {
        if (state == State.ENDED) {
            return;
        }
        List<PendingRecord> again = current.takeRest();
        for (int i = again.size() - 1; i >= 0; i--) {
            waiting.addFirst(again.get(i));
        }
        current = new WritingLedger(next.ledger(), chain.active().orElseThrow());
        prepared = null;
        stepping = false;
        state = State.WRITING;
        rolls.done();
        if (!chain.doomed().isEmpty()) {
            onOwner(steps.sweep(), done -> {}, failure -> {});
        }
        advance();
    }

    /** The ledger failed: what it holds counts, the rest is written again. */
    private void repair() {
        stepping = true;
        WritingLedger failed = current;
        onOwner(
                leaving.retrying(() -> leaving.recover(failed)),
                found -> {
                    LedgerLeaving.release(failed.ledger());
                    failed.onFound(failed.firstUncertain(), found.entries());
                    replace(found.end());
                },
                this::end);
    }

    private void replace(LedgerEnd formerEnd) {
        Prepared ready = prepared;
        if (ready != null) {
            activate(ready, formerEnd);
            return;
        }
        onOwner(
                leaving.retrying(() -> steps.prepare(writer, config.ledger())),
                next -> {
                    prepared = next;
                    activate(next, formerEnd);
                },
                this::end);
    }

    @Override
    public CompletionStage<Void> roll() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ports.owner().execute(() -> {
            LedgerException reason = end;
            if (reason != null || closing) {
                LedgerException failure = reason == null ? closedFailure() : reason;
                ports.callbacks().execute(() -> done.completeExceptionally(failure));
            } else if (state == State.WRITING && current.bytes() == 0 && current.isQuiet()) {
                ports.callbacks().execute(() -> done.complete(null));
            } else {
                rolls.add(done);
                if (state == State.WRITING) {
                    prepareNext();
                }
            }
        });
        return done;
    }

    @Override
    public CompletionStage<Void> closeLog() {
        ports.owner().execute(() -> {
            closing = true;
            advance();
        });
        return closed.minimalCompletionStage();
    }

    private void closeCurrent() {
        stepping = true;
        onOwner(
                leaving.close(current)
                        .exceptionallyCompose(
                                failure -> leaving.recover(current).thenApply(LedgerLeaving.Found::end))
                        .thenCompose(at -> steps.seal(writer, current.ledger().id(), at))
                        .thenCompose(chain -> steps.sweep()),
                done -> {
                    end(closedFailure());
                    ports.callbacks().execute(() -> closed.complete(null));
                },
                this::end);
    }

    private LedgerException closedFailure() {
        return new LedgerException(Reason.LEDGER_CLOSED, "The writer of log \"" + log + "\" has been closed.");
    }

    /** Everything under way and everything later fails for this reason. */
    private void end(LedgerException reason) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        end = reason;
        current.takeRest().forEach(record -> record.fail(reason));
        waiting.forEach(record -> record.fail(reason));
        waiting.clear();
        rolls.failed(reason);
        Prepared neverUsed = prepared;
        if (neverUsed != null) {
            LedgerLeaving.release(neverUsed.ledger());
        }
        if (reason.reason() != Reason.LEDGER_CLOSED) {
            LedgerLeaving.release(current.ledger());
            LOG.info("the writer of log {} ends: {}", log, reason.getMessage());
            ports.callbacks().execute(() -> closed.completeExceptionally(reason));
        }
    }

    /** Tells the outcome on the owner's executor. */
    @SuppressWarnings("FutureReturnValueIgnored") // The outcome goes to the consumers, which is all that is wanted.
    private <T> void onOwner(CompletableFuture<T> future, Consumer<? super T> done, Consumer<LedgerException> failed) {
        future.whenComplete((result, failure) -> ports.owner().execute(() -> {
            if (failure == null) {
                done.accept(result);
            } else {
                failed.accept(LogFailures.of(failure));
            }
        }));
    }

    @Override
    public void close() {
        CompletionStage<Void> ending = closeLog();
        if (ports.isCallback().getAsBoolean()) {
            return; // It would wait for itself.
        }
        try {
            ending.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(
                    Reason.TIMEOUT, "Closing the writer of log \"" + log + "\" was interrupted and goes on.", e);
        } catch (ExecutionException e) {
            throw LogFailures.of(e);
        }
    }
}
