package dev.daybook.client.loop;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.CompleteRead;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.EntryReader;
import dev.daybook.core.read.EntryTraffic;
import dev.daybook.core.read.SendRead;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Drives the reading of one entry. Belongs to the loop. */
final class EntryReading implements EntryTraffic<ByteBuf> {
    private final ReadSource source;
    private final EntryReader<ByteBuf> reader;
    private final List<BookieId> ensemble;
    private final BiConsumer<EntryReading, CompleteRead<ByteBuf>> whenDone;
    private final long startNanos;
    private long lastAskedNanos;
    private final HedgeRecord hedges;

    EntryReading(
            ReadSource source,
            long entryId,
            LedgerMetadata metadata,
            BiConsumer<EntryReading, CompleteRead<ByteBuf>> whenDone) {
        this.source = source;
        this.whenDone = whenDone;
        this.hedges = new HedgeRecord(source.loop().metrics());
        this.startNanos = source.loop().net().nanoTime();
        this.ensemble = metadata.fragmentOf(entryId).ensemble();
        this.reader = new EntryReader<>(entryId, metadata, source.readOrder(metadata, entryId));
    }

    void start() {
        reader.start();
        reader.drainTo(this);
    }

    /**
     * Asks one more bookie if those asked keep it waiting.
     *
     * @param busy says of a bookie that it answers other requests, so that this one waits in a queue and asking elsewhere
     *     would only make more work
     */
    void hedge(long nowNanos, Predicate<BookieId> busy) {
        if (nowNanos - lastAskedNanos
                        >= source.loop().config().reads().hedgeDelay().toNanos()
                && reader.waitedFor().stream().noneMatch(busy)) {
            hedges.hedge(() -> {
                reader.onHedgeDue();
                reader.drainTo(this);
            });
        }
    }

    /** The bookies it asks. */
    List<BookieId> ensemble() {
        return ensemble;
    }

    long startNanos() {
        return startNanos;
    }

    @Override
    public void sendRead(SendRead effect) {
        long askedNanos = source.loop().net().nanoTime();
        lastAskedNanos = askedNanos;
        hedges.sent(effect.bookie());
        source.requests().read(effect.bookie(), effect.entryId(), answer -> {
            if (answer instanceof Answer.Positive) {
                source.loop()
                        .health()
                        .answeredRead(effect.bookie(), source.loop().net().nanoTime() - askedNanos);
            }
            reader.onReadReply(effect.position(), answer);
            reader.drainTo(this);
        });
    }

    @Override
    public void discardEntry(DiscardEntry<ByteBuf> effect) {
        effect.entry().payload().release();
    }

    @Override
    public void completeRead(CompleteRead<ByteBuf> effect) {
        if (effect.outcome() instanceof CompleteRead.Outcome.Found<ByteBuf> found) {
            hedges.wonBy(found.bookie());
        }
        whenDone.accept(this, effect);
    }
}
