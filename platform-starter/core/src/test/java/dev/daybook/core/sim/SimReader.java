package dev.daybook.core.sim;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.core.read.CompleteRead;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.EntryReader;
import dev.daybook.core.read.EntryTraffic;
import dev.daybook.core.read.LacReader;
import dev.daybook.core.read.LacTraffic;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.SendReadLac;
import dev.daybook.protocol.model.LedgerMetadata;

/** A client that reads without disturbing anybody: the last confirmed entry, then everything up to it. */
final class SimReader {
    private final World world;
    private final SimMetadataStore store;
    private final Checks checks;
    private final SimPayload.Ledger payloads = new SimPayload.Ledger();
    private int open;

    SimReader(World world, SimMetadataStore store, Checks checks) {
        this.world = world;
        this.store = store;
        this.checks = checks;
    }

    void readAll() {
        open++;
        LacReader reader = new LacReader(store.stored().value(), -1);
        reader.start();
        reader.drainTo(new LacDriver(reader));
    }

    private void readEntry(LedgerMetadata metadata, long entryId) {
        open++;
        EntryReader<SimPayload> reader = new EntryReader<>(entryId, metadata);
        reader.start();
        EntryDriver driver = new EntryDriver(reader);
        reader.drainTo(driver);
        world.after(1 + world.dice.below(world.mix.requestTimeout()), () -> {
            reader.onHedgeDue();
            reader.drainTo(driver);
        });
    }

    void checkAtRest() {
        World.require(open == 0, "every read ends");
        World.require(payloads.live() == 0, "readers give back every payload");
    }

    private final class LacDriver implements LacTraffic {
        private final LacReader reader;

        LacDriver(LacReader reader) {
            this.reader = reader;
        }

        @Override
        public void sendReadLac(SendReadLac effect) {
            SimBookie bookie = world.bookie(effect.bookie());
            world.<Answer<Long>>ask("r", bookie, bookie::readLac, Answer.unknown(Answer.Reason.TIMEOUT), answer -> {
                reader.onLacReply(effect.position(), answer);
                reader.drainTo(this);
            });
        }

        @Override
        public void completeLac(CompleteLac effect) {
            open--;
            if (effect.outcome() instanceof CompleteLac.Outcome.Confirmed confirmed) {
                checks.onLacRead(confirmed.lastAddConfirmed());
                LedgerMetadata metadata = store.stored().value();
                for (long entryId = 0; entryId <= confirmed.lastAddConfirmed(); entryId++) {
                    readEntry(metadata, entryId);
                }
            }
        }
    }

    private final class EntryDriver implements EntryTraffic<SimPayload> {
        private final EntryReader<SimPayload> reader;

        EntryDriver(EntryReader<SimPayload> reader) {
            this.reader = reader;
        }

        @Override
        public void sendRead(SendRead effect) {
            SimBookie bookie = world.bookie(effect.bookie());
            world.<Answer<SimBookie.Stored>>ask(
                    "r",
                    bookie,
                    reply -> bookie.read(effect.entryId(), effect.fence(), reply),
                    Answer.unknown(Answer.Reason.TIMEOUT),
                    answer -> {
                        reader.onReadReply(effect.position(), SimBookie.Stored.receive(answer, payloads));
                        reader.drainTo(this);
                    });
        }

        @Override
        public void discardEntry(DiscardEntry<SimPayload> effect) {
            effect.entry().payload().release();
        }

        @Override
        public void completeRead(CompleteRead<SimPayload> effect) {
            open--;
            World.require(
                    !(effect.outcome() instanceof CompleteRead.Outcome.Absent<SimPayload>),
                    "a confirmed entry is never absent: " + effect.entryId());
            if (effect.outcome() instanceof CompleteRead.Outcome.Found<SimPayload> found) {
                World.require(found.entry().payload().content() == effect.entryId(), "what was written is read");
                found.entry().payload().release();
            }
        }
    }
}
