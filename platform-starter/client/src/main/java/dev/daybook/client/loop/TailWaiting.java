package dev.daybook.client.loop;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.TailResult;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.CompleteTail;
import dev.daybook.core.read.DiscardPolled;
import dev.daybook.core.read.SendLongPoll;
import dev.daybook.core.read.TailReader;
import dev.daybook.core.read.TailTraffic;
import dev.daybook.core.read.VerifiedEntry;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one entry at the tail: round after round of long polls, each with the record as it is then, until the entry
 * is there, the ledger ends before it, or the time is over. Belongs to the loop.
 */
final class TailWaiting implements LoopOwned {
    /** How a wait ends; one of the methods is called once, on the loop. */
    interface Outcome {
        void complete(TailResult result);

        void fail(LedgerException failure);
    }

    /** One poll waits this long on a bookie at most, so that a bookie that lost touch is left in time. */
    private static final Duration POLL_MAX = Duration.ofSeconds(3);

    /** Until another bookie is polled as well. */
    private static final Duration HEDGE_DELAY = Duration.ofMillis(1500);

    /** Between rounds that end at once: nobody knows the ledger yet, or it is fenced. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** For the answer of a bookie that waited as long as it was asked to. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final ReadSource source;
    private final LedgerLoop loop;
    private final Tail tail;
    private final long entryId;
    private final long deadlineNanos;
    private final Outcome outcome;
    private @Nullable Round round;
    private Optional<Answer.Reason> lastFailure = Optional.empty();
    private boolean reading;
    private boolean done;

    /** The handle's knowledge of its tail. */
    interface Tail {
        long lastAddConfirmed();

        void onLac(long lac);
    }

    TailWaiting(ReadSource source, Tail tail, long entryId, Duration timeout, Outcome outcome) {
        this.source = source;
        this.loop = source.loop();
        this.tail = tail;
        this.entryId = entryId;
        this.deadlineNanos = loop.net().nanoTime() + timeout.toNanos();
        this.outcome = outcome;
    }

    void start() {
        if (!loop.own(this)) {
            abandon();
            return;
        }
        loop.net().schedule(this::onDeadline, remaining().plus(GRACE));
        nextRound();
    }

    /** The record changed: what the polls under way can say is out of date. */
    void onRecordChanged() {
        if (!done && !reading) {
            nextRound();
        }
    }

    private void nextRound() {
        if (done || reading) {
            return;
        }
        if (source.isDeleted()) {
            fail(Failures.noSuchLedger(source.ledgerId()));
            return;
        }
        Round now = new Round();
        round = now;
        now.start();
    }

    private Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - loop.net().nanoTime()));
    }

    private LedgerException failureOf(Answer.Reason reason) {
        return Failures.of(loop, "Waiting for entry " + entryId + " of ledger " + source.ledgerId(), reason);
    }

    private void onDeadline() {
        if (!done && !reading) {
            timeOut();
        }
    }

    private void timeOut() {
        if (lastFailure.isPresent()) {
            fail(failureOf(lastFailure.get()));
        } else {
            complete(new TailResult.TimedOut(tail.lastAddConfirmed()));
        }
    }

    private void readIt() {
        reading = true;
        new RangeReading(source, entryId, entryId, new RangeReading.Outcome() {
                    @Override
                    public void complete(List<LedgerEntry> entries) {
                        TailWaiting.this.complete(new TailResult.Arrived(entries.get(0), tail.lastAddConfirmed()));
                    }

                    @Override
                    public void fail(LedgerException failure) {
                        TailWaiting.this.fail(failure);
                    }
                })
                .start();
    }

    private void arrived(VerifiedEntry<ByteBuf> entry) {
        complete(new TailResult.Arrived(RangeReading.copyOf(source.ledgerId(), entry), tail.lastAddConfirmed()));
    }

    private void goOn(long roundStartNanos, Optional<Answer.Reason> failure) {
        lastFailure = failure;
        if (remaining().isZero()) {
            timeOut();
        } else if (loop.net().nanoTime() - roundStartNanos < PAUSE.toNanos()) {
            Round ended = round;
            loop.net()
                    .schedule(
                            () -> {
                                if (round == ended) {
                                    nextRound();
                                }
                            },
                            PAUSE);
        } else {
            nextRound();
        }
    }

    /** The application has no use for the entry any more. */
    void onHandleClosed() {
        fail(new LedgerException(
                LedgerException.Reason.LEDGER_CLOSED,
                "Waiting for entry " + entryId + " of ledger " + source.ledgerId()
                        + " ended, because its handle was closed"));
    }

    @Override
    public void abandon() {
        fail(Failures.clientClosed("Waiting for entry " + entryId + " of ledger " + source.ledgerId()));
    }

    private void complete(TailResult result) {
        if (!done) {
            end();
            outcome.complete(result);
        }
    }

    private void fail(LedgerException failure) {
        if (!done) {
            end();
            outcome.fail(failure);
        }
    }

    private void end() {
        done = true;
        round = null;
        loop.disown(this);
    }

    /** One core, driven until it has an opinion or the record changes. */
    private final class Round implements TailTraffic<ByteBuf> {
        private final TailReader<ByteBuf> reader =
                new TailReader<>(entryId, source.metadata(), tail.lastAddConfirmed());
        private final long startNanos = loop.net().nanoTime();

        void start() {
            reader.start();
            reader.drainTo(this);
            hedgeLater();
        }

        private boolean isCurrent() {
            return round == this && !reader.isDone();
        }

        private void hedgeLater() {
            if (isCurrent()) {
                loop.net()
                        .schedule(
                                () -> {
                                    if (isCurrent()) {
                                        reader.onHedgeDue();
                                        reader.drainTo(this);
                                        hedgeLater();
                                    }
                                },
                                HEDGE_DELAY);
            }
        }

        @Override
        public void sendLongPoll(SendLongPoll effect) {
            Duration left = remaining();
            Duration wait = left.compareTo(POLL_MAX) < 0 ? left : POLL_MAX;
            source.requests().longPoll(effect.bookie(), effect.previousLac(), wait, answer -> {
                reader.onPollReply(effect.position(), answer);
                reader.drainTo(this);
            });
        }

        @Override
        public void discardPolled(DiscardPolled<ByteBuf> effect) {
            effect.entry().payload().release();
        }

        @Override
        public void completeTail(CompleteTail<ByteBuf> effect) {
            tail.onLac(reader.lastAddConfirmed());
            boolean current = round == this;
            if (effect.outcome() instanceof CompleteTail.Outcome.Arrived<ByteBuf> arrival) {
                tail.onLac(arrival.lastAddConfirmed());
                arrived(arrival.entry());
                arrival.entry().payload().release();
            } else if (current) {
                decide(effect.outcome());
            }
        }

        private void decide(CompleteTail.Outcome<ByteBuf> ending) {
            if (ending instanceof CompleteTail.Outcome.Confirmed<ByteBuf> confirmed) {
                tail.onLac(confirmed.lastAddConfirmed());
                readIt();
            } else if (ending instanceof CompleteTail.Outcome.EndOfLedger<ByteBuf> end) {
                complete(new TailResult.EndOfLedger(end.lastEntryId()));
            } else if (ending instanceof CompleteTail.Outcome.Failed<ByteBuf> failed) {
                onFailure(failed.reason());
            } else {
                // Not yet, or nobody knows the ledger: its first entry has not reached them.
                goOn(startNanos, Optional.empty());
            }
        }

        private void onFailure(Answer.Reason reason) {
            if (reason == Answer.Reason.UNAUTHORIZED || reason == Answer.Reason.CLIENT_CLOSED) {
                fail(failureOf(reason));
            } else {
                goOn(startNanos, Optional.of(reason));
            }
        }
    }
}
