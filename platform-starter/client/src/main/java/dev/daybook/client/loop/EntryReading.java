package dev.daybook.client.loop;

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

/** Drives the reading of one entry. Belongs to the loop. */
final class EntryReading implements EntryTraffic<ByteBuf> {
    private final ReadSource source;
    private final EntryReader<ByteBuf> reader;
    private final List<BookieId> ensemble;
    private final BiConsumer<EntryReading, CompleteRead<ByteBuf>> whenDone;
    private final long startNanos;
    private long lastAskedNanos;
    private boolean hedging;

    EntryReading(
            ReadSource source,
            long entryId,
            LedgerMetadata metadata,
            BiConsumer<EntryReading, CompleteRead<ByteBuf>> whenDone) {
        this.source = source;
        this.whenDone = whenDone;
        this.startNanos = source.loop().net().nanoTime();
        this.ensemble = metadata.fragmentOf(entryId).ensemble();
        this.reader = new EntryReader<>(
                entryId,
                metadata,
                source.loop()
                        .health()
                        .readOrder(
                                metadata.quorum(),
                                entryId,
                                ensemble,
                                source.loop().net()::isWritable,
                                startNanos));
    }

    void start() {
        reader.start();
        reader.drainTo(this);
    }

    /** Asks one more bookie if the last one asked keeps it waiting. */
    void hedge(long nowNanos) {
        if (nowNanos - lastAskedNanos >= source.loop().config().hedgeDelay().toNanos()) {
            hedging = true;
            reader.onHedgeDue();
            reader.drainTo(this);
            hedging = false;
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
        lastAskedNanos = source.loop().net().nanoTime();
        if (hedging) {
            source.loop().metrics().speculativeReadSent();
        }
        source.requests().read(effect.bookie(), effect.entryId(), answer -> {
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
        whenDone.accept(this, effect);
    }
}
