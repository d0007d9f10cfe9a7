package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.read.CompleteRead;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.EntryReader;
import dev.daybook.core.read.EntryTraffic;
import dev.daybook.core.read.SendRead;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.check.Values;
import dev.daybook.simulator.world.Actor;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;
import java.nio.ByteBuffer;

/**
 * Reads one confirmed entry, and asks a second replica early. When the replicas of an old record do not have it, it looks
 * at the newest record first.
 */
final class EntryReading implements EntryTraffic<Packet> {
    private final Surroundings around;
    private final Actor process;
    private final long ledgerId;
    private final BookieCalls bookies;
    private final long entryId;
    private final Runnable whenDone;
    private final int operation;
    private LedgerMetadata metadata;
    private EntryReader<Packet> core;

    /** @param handle under which the history knows the reader */
    EntryReading(
            Surroundings around,
            Actor process,
            String handle,
            BookieCalls bookies,
            long ledgerId,
            long entryId,
            LedgerMetadata metadata,
            Runnable whenDone) {
        this.around = around;
        this.process = process;
        this.ledgerId = ledgerId;
        this.bookies = bookies;
        this.whenDone = whenDone;
        this.entryId = entryId;
        this.metadata = metadata;
        this.core = new EntryReader<>(entryId, metadata);
        this.operation = around.history().invoke(process.name(), handle, Call.READ, ledgerId, entryId, "", 0);
    }

    void start() {
        EntryReader<Packet> started = core;
        step(started, started::start);
        long hedge = around.world().ticks(around.timeoutTicks());
        around.world().after(hedge, () -> process.act(() -> step(started, started::onHedgeDue)));
    }

    private void step(EntryReader<Packet> called, Runnable call) {
        call.run();
        called.drainTo(this);
    }

    @Override
    public void sendRead(SendRead effect) {
        EntryReader<Packet> asking = core;
        bookies.read(
                effect.bookie(),
                effect.entryId(),
                effect.fence(),
                answer -> step(asking, () -> asking.onReadReply(effect.position(), answer)));
    }

    @Override
    public void discardEntry(DiscardEntry<Packet> effect) {
        effect.entry().payload().release();
    }

    @Override
    public void completeRead(CompleteRead<Packet> effect) {
        around.world()
                .tell(
                        ledgerId,
                        () -> process.name() + " reads " + effect.entryId() + ": "
                                + effect.outcome().getClass().getSimpleName());
        if (effect.outcome() instanceof CompleteRead.Outcome.Found<Packet> found) {
            String value = Values.nameOf(ByteBuffer.wrap(found.entry().payload().payload()));
            found.entry().payload().release();
            end(Kind.OK, value, found.bookie().value());
        } else if (effect.outcome() instanceof CompleteRead.Outcome.Failed<Packet> failed) {
            end(Kind.INFO, "", failed.reason().name());
        } else {
            around.metadata().read(process, ledgerId, this::lookAgain);
        }
    }

    private void lookAgain(MetadataReply reply) {
        if (!(reply instanceof MetadataReply.Found found)) {
            end(Kind.INFO, "", "no record");
            return;
        }
        LedgerMetadata newest = found.record().value();
        boolean moved = !newest.fragmentOf(entryId).equals(metadata.fragmentOf(entryId));
        if (moved) {
            around.world().saw("sometimes: read again with a newer record");
            metadata = newest;
            core = new EntryReader<>(entryId, newest);
            start();
            return;
        }
        require(
                around.truth().isDeleted(ledgerId),
                "C2",
                ledgerId,
                "the confirmed entry " + entryId + " is absent for " + process.name());
        end(Kind.ABSENT, "", "");
    }

    private void end(Kind kind, String value, String detail) {
        around.history().end(operation, kind, value, -1, -1, detail);
        whenDone.run();
    }
}
