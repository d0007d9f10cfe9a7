package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.read.CompleteTail;
import dev.daybook.core.read.DiscardPolled;
import dev.daybook.core.read.SendLongPoll;
import dev.daybook.core.read.TailReader;
import dev.daybook.core.read.TailTraffic;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.check.Values;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;
import java.nio.ByteBuffer;

/** A client that follows a ledger entry by entry, with long polls, until its end or until it has waited enough. */
public final class Tail {
    private final Surroundings around;
    private final World world;
    private final Actor process;
    private final long ledgerId;
    private final String handle;
    private final Packet.Holdings holdings = new Packet.Holdings();
    private final BookieCalls bookies;
    private final long pollTicks;
    private long next;
    private long lastConfirmed = -1;
    private int rounds;
    private int open;

    /** @param rounds questions that it asks at most */
    public Tail(Surroundings around, String name, long ledgerId, int rounds) {
        this.around = around;
        this.world = around.world();
        this.ledgerId = ledgerId;
        this.handle = name + "#" + ledgerId;
        this.rounds = rounds;
        this.process = new Actor(world, name);
        this.bookies = new BookieCalls(around, process, ledgerId, holdings);
        process.onDeath(() -> around.history().abandon(name));
        this.pollTicks = 1 + world.ticks(2 * around.timeoutTicks());
    }

    public Actor process() {
        return process;
    }

    /** Waits for the next entry, with the record as it is now. */
    public void follow() {
        process.act(() -> {
            if (rounds-- <= 0 || world.isEnding()) {
                return;
            }
            around.metadata().readPerhapsStale(process, ledgerId, reply -> {
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
        if (!process.isDead()) {
            require(open == 0, "C12", ledgerId, "every wait of " + process.name() + " ends");
            require(holdings.held() == 0, "C13", ledgerId, process.name() + " holds payloads");
        }
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
            world.after(world.ticks(pollTicks), () -> process.act(() -> step(core::onHedgeDue)));
        }

        private void step(Runnable call) {
            call.run();
            core.drainTo(this);
        }

        @Override
        public void sendLongPoll(SendLongPoll effect) {
            bookies.longPoll(
                    effect.bookie(),
                    effect.previousLac(),
                    pollTicks,
                    answer -> step(() -> core.onPollReply(effect.position(), answer)));
        }

        @Override
        public void discardPolled(DiscardPolled<Packet> effect) {
            effect.entry().payload().release();
        }

        @Override
        public void completeTail(CompleteTail<Packet> effect) {
            open--;
            world.tell(
                    ledgerId,
                    () -> process.name() + " waited for " + effect.entryId() + ": "
                            + effect.outcome().getClass().getSimpleName());
            note(core.lastAddConfirmed());
            if (effect.outcome() instanceof CompleteTail.Outcome.Arrived<Packet> arrived) {
                Packet packet = arrived.entry().payload();
                String value = Values.nameOf(ByteBuffer.wrap(packet.payload()));
                packet.release();
                world.saw("sometimes: entry came with a long poll");
                int read = around.history().invoke(process.name(), handle, Call.READ, ledgerId, next, "", 0);
                around.history().end(read, Kind.OK, value, -1, -1, "polled");
                next++;
            } else if (effect.outcome() instanceof CompleteTail.Outcome.Confirmed<Packet>) {
                open++;
                new EntryReading(around, process, handle, bookies, ledgerId, next, metadata, () -> open--).start();
                next++;
            } else if (effect.outcome() instanceof CompleteTail.Outcome.EndOfLedger<Packet>) {
                rounds = 0;
            }
            again();
        }

        private void note(long lac) {
            if (lac > lastConfirmed) {
                lastConfirmed = lac;
                int told = around.history().invoke(process.name(), handle, Call.READ_LAC, ledgerId);
                around.history().end(told, Kind.OK, "", lac, -1, "");
            }
        }
    }
}
