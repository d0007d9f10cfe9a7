package dev.daybook.simulator.client;

import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.read.CompleteTail;
import dev.daybook.core.read.DiscardPolled;
import dev.daybook.core.read.SendLongPoll;
import dev.daybook.core.read.TailReader;
import dev.daybook.core.read.TailTraffic;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;

/** A client that follows a ledger entry by entry, with long polls, until its end or until it has waited enough. */
public final class Tail {
    private final ReadingHandle handle;
    private final World world;
    private final long pollTicks;
    private long next;
    private long lastConfirmed = -1;
    private int rounds;
    private int open;

    /** @param rounds questions that it asks at most */
    public Tail(Surroundings around, String name, long ledgerId, int rounds) {
        this.handle = ReadingHandle.open(around, name, ledgerId);
        this.world = around.world();
        this.rounds = rounds;
        this.pollTicks = 1 + world.ticks(2 * around.timeoutTicks());
    }

    public Actor process() {
        return handle.process();
    }

    /** Waits for the next entry, with the record as it is now. */
    public void follow() {
        handle.process().act(() -> {
            if (rounds-- <= 0 || world.isEnding()) {
                return;
            }
            handle.around().metadata().readPerhapsStale(handle.process(), handle.ledgerId(), reply -> {
                if (reply instanceof MetadataReply.Found found) {
                    new Wait(found.record().value()).start();
                } else {
                    again();
                }
            });
        });
    }

    private void again() {
        world.after(world.ticks(30), this::follow);
    }

    public void checkAtRest() {
        handle.checkAtRest(open);
    }

    /** One round of polls for one entry. */
    private final class Wait implements TailTraffic<Packet> {
        private final LedgerMetadata metadata;
        private final TailReader<Packet> core;

        Wait(LedgerMetadata metadata) {
            this.metadata = metadata;
            this.core = new TailReader<>(next, metadata, lastConfirmed);
        }

        void start() {
            open++;
            step(core::start);
            hedgeLater();
        }

        private void hedgeLater() {
            world.after(
                    world.ticks(pollTicks),
                    () -> handle.process().act(() -> {
                        if (!core.isDone()) {
                            step(core::onHedgeDue);
                            hedgeLater();
                        }
                    }));
        }

        private void step(Runnable call) {
            call.run();
            core.drainTo(this);
        }

        @Override
        public void sendLongPoll(SendLongPoll effect) {
            handle.bookies()
                    .longPoll(
                            effect.bookie(),
                            effect.previousLac(),
                            pollTicks,
                            answer -> step(() -> core.onPollReply(effect.position(), answer)));
        }

        @Override
        public void discardPolled(DiscardPolled<Packet> effect) {
            world.saw("sometimes: entry of a long poll thrown away");
            effect.entry().payload().release();
        }

        @Override
        public void completeTail(CompleteTail<Packet> effect) {
            open--;
            handle.tell(() -> "waited for " + effect.entryId() + ": "
                    + effect.outcome().getClass().getSimpleName());
            note(core.lastAddConfirmed());
            if (effect.outcome() instanceof CompleteTail.Outcome.Arrived<Packet> arrived) {
                String value = handle.take(next, arrived.entry());
                world.saw("sometimes: entry came with a long poll");
                int read = handle.invoke(Call.READ, next);
                handle.around().history().end(read, Kind.OK, value, -1, -1, "polled");
                next++;
            } else if (effect.outcome() instanceof CompleteTail.Outcome.Confirmed<Packet>) {
                open++;
                new EntryReading(handle, next, metadata, () -> open--).start();
                next++;
            } else if (effect.outcome() instanceof CompleteTail.Outcome.EndOfLedger<Packet>) {
                world.saw("sometimes: tail came to the end");
                rounds = 0;
            }
            again();
        }

        private void note(long lac) {
            if (lac > lastConfirmed) {
                lastConfirmed = lac;
                int told = handle.around()
                        .history()
                        .invoke(handle.process().name(), handle.name(), Call.READ_LAC, handle.ledgerId());
                handle.around().history().end(told, Kind.OK, "", lac, -1, "");
            }
        }
    }
}
