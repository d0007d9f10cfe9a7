package dev.daybook.client.loop;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.BatchReader;
import dev.daybook.core.read.BatchTraffic;
import dev.daybook.core.read.CompleteBatch;
import dev.daybook.core.read.DiscardFromBatch;
import dev.daybook.core.read.SendBatchRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.metrics.CallOutcome;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run of entries by one request, or one by one where that is impossible or does not succeed: the single reads
 * try every replica for every entry and look at the ledger's record again, so a batch need not. Belongs to the loop.
 * Source: client protocol specification, section 10.5.
 */
final class BatchReading implements BatchTraffic<ByteBuf>, LoopOwned, HedgeTicker.Hedged {
    /** So many are read one by one at most; the caller comes again for the rest. */
    private static final int SINGLES_MAX = 64;

    private final ReadSource source;
    private final LedgerLoop loop;
    private final long first;
    private final int count;
    private final long maxBytes;
    private final RangeReading.Outcome outcome;
    private final long startNanos;
    private final HedgeRecord hedges;

    private @Nullable BatchReader<ByteBuf> reader;
    private long lastAskedNanos;
    private boolean done;

    /**
     * @param count at least 1; the run stays within what is confirmed
     * @param maxBytes of an answer
     */
    BatchReading(ReadSource source, long first, int count, long maxBytes, RangeReading.Outcome outcome) {
        this.source = source;
        this.loop = source.loop();
        this.first = first;
        this.count = count;
        this.maxBytes = maxBytes;
        this.outcome = outcome;
        this.startNanos = loop.net().nanoTime();
        this.hedges = new HedgeRecord(loop.metrics());
    }

    void start() {
        if (!loop.own(this)) {
            abandon();
            return;
        }
        LedgerMetadata metadata = source.metadata();
        List<Integer> order = batchOrder(metadata);
        if (order.isEmpty()) {
            readSingly();
            return;
        }
        reader = new BatchReader<>(first, countInFragment(metadata), maxBytes, metadata, order);
        reader.start();
        reader.drainTo(this);
        loop.hedges().add(this);
    }

    /** Empty where batches are impossible. */
    private List<Integer> batchOrder(LedgerMetadata metadata) {
        boolean striped = metadata.quorum().ensemble() != metadata.quorum().write();
        if (striped || !loop.config().reads().batch()) {
            return List.of();
        }
        List<BookieId> ensemble = metadata.fragmentOf(first).ensemble();
        long now = loop.net().nanoTime();
        return source.readOrder(metadata, first).stream()
                .filter(position -> !loop.batchless().contains(ensemble.get(position), now))
                .toList();
    }

    /** The next fragment lies on other bookies. */
    private int countInFragment(LedgerMetadata metadata) {
        long end = metadata.fragments().stream()
                .mapToLong(Fragment::firstEntryId)
                .filter(start -> start > first)
                .min()
                .orElse(Long.MAX_VALUE);
        return (int) Math.min(count, end - first);
    }

    @Override
    public void hedge(long nowNanos) {
        boolean due =
                nowNanos - lastAskedNanos >= loop.config().reads().hedgeDelay().toNanos();
        BatchReader<ByteBuf> asking = reader;
        if (due && asking != null && !asking.isDone()) {
            hedges.hedge(() -> {
                asking.onHedgeDue();
                asking.drainTo(this);
            });
        }
    }

    @Override
    public void sendBatchRead(SendBatchRead effect) {
        lastAskedNanos = loop.net().nanoTime();
        hedges.sent(effect.bookie());
        BatchReader<ByteBuf> asking = reader;
        source.requests().batchRead(effect, answer -> {
            if (asking != null) {
                asking.onBatchReply(effect.position(), answer);
                asking.drainTo(this);
            }
        });
    }

    @Override
    public void discardFromBatch(DiscardFromBatch<ByteBuf> effect) {
        effect.entry().payload().release();
    }

    @Override
    public void completeBatch(CompleteBatch<ByteBuf> effect) {
        effect.slow().forEach(loop.health()::slow);
        if (effect.outcome() instanceof CompleteBatch.Outcome.Found<ByteBuf> found) {
            hedges.wonBy(found.bookie());
            source.onDefects(first, effect.defects());
            onFound(found.entries());
        } else if (!done) {
            onNothing(effect.outcome());
        }
    }

    private void onFound(List<VerifiedEntry<ByteBuf>> entries) {
        try {
            if (!done) {
                long nanos = loop.net().nanoTime() - startNanos;
                entries.forEach(entry -> loop.metrics().readCompleted(CallOutcome.OK, nanos, entry.payloadBytes()));
                complete(entries.stream()
                        .map(entry -> RangeReading.copyOf(source.ledgerId(), entry))
                        .toList());
            }
        } finally {
            entries.forEach(entry -> entry.payload().release());
        }
    }

    private void onNothing(CompleteBatch.Outcome<ByteBuf> ending) {
        boolean closing = ending instanceof CompleteBatch.Outcome.Failed<ByteBuf> failed
                && failed.reason() == Answer.Reason.CLIENT_CLOSED;
        if (closing) {
            abandon();
        } else {
            readSingly();
        }
    }

    private void readSingly() {
        readSingly(Math.min(count, SINGLES_MAX));
    }

    private void readSingly(int number) {
        new RangeReading(source, first, first + number - 1, maxBytes, new RangeReading.Outcome() {
                    @Override
                    public void complete(List<LedgerEntry> entries) {
                        BatchReading.this.complete(entries);
                    }

                    @Override
                    public void fail(LedgerException failure) {
                        if (number > 1 && !done && failure.reason() != LedgerException.Reason.CLIENT_CLOSED) {
                            readSingly(1); // Which entry failed is not known; the first alone is a result, too.
                        } else {
                            BatchReading.this.fail(failure);
                        }
                    }
                })
                .start();
    }

    @Override
    public void abandon() {
        fail(Failures.clientClosed("Reading ledger " + source.ledgerId()));
    }

    private void complete(List<LedgerEntry> entries) {
        if (!done) {
            end();
            outcome.complete(entries);
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
        loop.hedges().remove(this);
        loop.disown(this);
    }
}
