package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.CompleteRead;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.EntryReader;
import dev.daybook.core.read.EntryTraffic;
import dev.daybook.core.read.SendRead;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads one confirmed entry, and asks other replicas early. When the replicas of an old record do not have it, it looks
 * at the newest record first.
 */
final class EntryReading {
    private final ReadingHandle handle;
    private final long entryId;
    private final Runnable whenDone;
    private final int operation;
    private LedgerMetadata metadata;
    private boolean ended;

    EntryReading(ReadingHandle handle, long entryId, LedgerMetadata metadata, Runnable whenDone) {
        this.handle = handle;
        this.entryId = entryId;
        this.metadata = metadata;
        this.whenDone = whenDone;
        this.operation = handle.invoke(Call.READ, entryId);
    }

    void start() {
        new Attempt().start();
    }

    private void lookAgain(MetadataReply reply) {
        if (!(reply instanceof MetadataReply.Found found)) {
            end(Kind.INFO, "", "no record");
            return;
        }
        LedgerMetadata newest = found.record().value();
        boolean moved = !newest.fragmentOf(entryId).equals(metadata.fragmentOf(entryId));
        if (moved) {
            handle.around().world().saw("sometimes: read again with a newer record");
            metadata = newest;
            start();
            return;
        }
        require(
                handle.around().truth().isDeleted(handle.ledgerId()),
                "C2",
                handle.ledgerId(),
                "the confirmed entry " + entryId + " is absent for "
                        + handle.process().name());
        end(Kind.ABSENT, "", "");
    }

    private void end(Kind kind, String value, String detail) {
        require(!ended, "C12", handle.ledgerId(), "the reading of entry " + entryId + " ends once");
        ended = true;
        handle.around().history().end(operation, kind, value, -1, -1, detail);
        whenDone.run();
    }

    /** One core, with one record. */
    private final class Attempt implements EntryTraffic<Packet> {
        private final EntryReader<Packet> core =
                new EntryReader<>(entryId, metadata, handle.order().of(metadata, entryId));
        private final HedgeTimer hedges = new HedgeTimer(handle, core::isDone, () -> step(core::onHedgeDue));
        private final Set<BookieId> hedged = new HashSet<>();

        void start() {
            step(core::start);
            hedges.start();
        }

        private void step(Runnable call) {
            call.run();
            core.drainTo(this);
        }

        @Override
        public void sendRead(SendRead effect) {
            if (hedges.isHedging()) {
                hedged.add(effect.bookie());
            }
            long asked = handle.around().world().now();
            handle.bookies().read(effect.bookie(), effect.entryId(), effect.fence(), answer -> {
                if (answer instanceof Answer.Positive) {
                    handle.view().health().answeredRead(effect.bookie(), asked);
                }
                step(() -> core.onReadReply(effect.position(), answer));
            });
        }

        @Override
        public void discardEntry(DiscardEntry<Packet> effect) {
            handle.around().world().saw("sometimes: late answer thrown away");
            effect.entry().payload().release();
        }

        @Override
        public void completeRead(CompleteRead<Packet> effect) {
            handle.tell(() -> "reads " + effect.entryId() + ": "
                    + effect.outcome().getClass().getSimpleName());
            effect.slow().forEach(handle.view().health()::slow);
            if (effect.outcome() instanceof CompleteRead.Outcome.Found<Packet> found) {
                handle.judgeDefects(effect.defects());
                if (hedged.contains(found.bookie())) {
                    handle.around().world().saw("sometimes: hedged read won");
                }
                String value = handle.take(entryId, found.entry());
                end(Kind.OK, value, found.bookie().value());
            } else if (effect.outcome() instanceof CompleteRead.Outcome.Failed<Packet> failed) {
                end(Kind.INFO, "", failed.reason().name());
            } else {
                handle.around().metadata().read(handle.process(), handle.ledgerId(), EntryReading.this::lookAgain);
            }
        }
    }
}
