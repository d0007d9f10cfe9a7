package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.core.read.LacReader;
import dev.daybook.core.read.LacTraffic;
import dev.daybook.core.read.SendReadLac;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;
import java.util.function.Consumer;

/** A client that reads one ledger without disturbing anybody. */
public final class Reader {
    private final Surroundings around;
    private final World world;
    private final Actor process;
    private final long ledgerId;
    private final String handle;
    private final Packet.Holdings holdings = new Packet.Holdings();
    private final BookieCalls bookies;
    private long lastConfirmed = -1;
    private int open;

    public Reader(Surroundings around, String name, long ledgerId) {
        this.around = around;
        this.world = around.world();
        this.ledgerId = ledgerId;
        this.handle = name + "#" + ledgerId;
        this.process = new Actor(world, name);
        this.bookies = new BookieCalls(around, process, ledgerId, holdings);
        process.onDeath(() -> around.history().abandon(name));
    }

    public Actor process() {
        return process;
    }

    /** Learns what is confirmed and reads all of that. */
    public void readConfirmed() {
        process.act(() -> around.metadata().readPerhapsStale(process, ledgerId, reply -> {
            if (reply instanceof MetadataReply.Found found) {
                LedgerMetadata metadata = found.record().value();
                new LacQuestion(metadata, lac -> readUpTo(metadata, lac)).start();
            }
        }));
    }

    /** Reads every entry up to this one. */
    public void readUpTo(LedgerMetadata metadata, long last) {
        for (long entryId = 0; entryId <= last; entryId++) {
            open++;
            new EntryReading(around, process, handle, bookies, ledgerId, entryId, metadata, () -> open--).start();
        }
    }

    public void checkAtRest() {
        if (!process.isDead()) {
            require(open == 0, "C12", ledgerId, "every question of " + process.name() + " ends");
            require(holdings.held() == 0, "C13", ledgerId, process.name() + " holds payloads");
        }
    }

    /** One question for the last confirmed entry. */
    private final class LacQuestion implements LacTraffic {
        private final LacReader core;
        private final Consumer<Long> then;
        private final int operation;

        LacQuestion(LedgerMetadata metadata, Consumer<Long> then) {
            this.core = new LacReader(metadata, lastConfirmed);
            this.then = then;
            this.operation = around.history().invoke(process.name(), handle, Call.READ_LAC, ledgerId);
        }

        void start() {
            open++;
            core.start();
            core.drainTo(this);
        }

        @Override
        public void sendReadLac(SendReadLac effect) {
            bookies.readLac(effect.bookie(), answer -> {
                core.onLacReply(effect.position(), answer);
                core.drainTo(this);
            });
        }

        @Override
        public void completeLac(CompleteLac effect) {
            open--;
            if (effect.outcome() instanceof CompleteLac.Outcome.Confirmed confirmed) {
                long lac = confirmed.lastAddConfirmed();
                lastConfirmed = Math.max(lastConfirmed, lac);
                world.tell(ledgerId, () -> process.name() + " learns that " + lac + " is confirmed");
                around.history().end(operation, Kind.OK, "", lac, -1, "");
                then.accept(lac);
            } else {
                around.history().end(operation, Kind.INFO, effect.outcome().toString());
            }
        }
    }
}
