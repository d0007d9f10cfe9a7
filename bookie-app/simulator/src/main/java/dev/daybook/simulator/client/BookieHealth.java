package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.NO_LEDGER;
import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.health.FaultDetector;
import dev.daybook.core.health.HealthLimits;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Status;
import dev.daybook.simulator.net.Outcome;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import java.util.OptionalLong;
import java.util.Set;

/** What one client holds against the bookies: feeds its fault detector with answers and the time, as the loop does. */
final class BookieHealth {
    private final World world;
    private final Actor process;
    private final FaultDetector detector;
    private Runnable whenQuarantineChanges = () -> {};
    private Set<BookieId> quarantined = Set.of();

    /** Of the newest timer; older ones have nothing to say. */
    private int timer;

    BookieHealth(World world, Actor process, HealthLimits limits) {
        this.world = world;
        this.process = process;
        this.detector = new FaultDetector(limits);
    }

    FaultDetector detector() {
        return detector;
    }

    /** Whom new ensembles do without, as far as possible. */
    Set<BookieId> quarantined() {
        return quarantined;
    }

    void onQuarantineChanged(Runnable listener) {
        whenQuarantineChanges = listener;
    }

    void note(BookieId bookie, Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            note(bookie, answered.response().status());
            look();
        } else if (outcome instanceof Outcome.Lost) {
            unreachable(bookie);
        } else {
            failed(bookie);
        }
    }

    private void note(BookieId bookie, Status status) {
        switch (status) {
            case OK -> detector.onAnswer(bookie);
            case TOO_MANY_REQUESTS -> detector.onRefusal(bookie, world.now());
            case IO_ERROR, UNKNOWN_LEDGER_STATE, BAD_REQUEST, BAD_VERSION -> detector.onFailure(bookie, world.now());
            case READ_ONLY, NO_LEDGER, NO_ENTRY, FENCED, UNAUTHORIZED -> {
                // Says nothing of its health.
            }
        }
    }

    void unreachable(BookieId bookie) {
        detector.onUnreachable(bookie, world.now());
        look();
    }

    /** It did not answer in time, or what it sent is damaged. */
    void failed(BookieId bookie) {
        detector.onFailure(bookie, world.now());
        look();
    }

    void answeredRead(BookieId bookie, long askedAt) {
        detector.onLatency(bookie, world.now() - askedAt, world.now());
    }

    void slow(BookieId bookie) {
        world.saw("sometimes: a bookie was slower than one asked later");
        detector.onSlow(bookie, world.now());
    }

    private void look() {
        if (detector.hasChanged()) {
            judge();
        }
    }

    private void judge() {
        Set<BookieId> before = quarantined;
        quarantined = detector.quarantined(world.now());
        if (!before.containsAll(quarantined)) {
            world.saw("sometimes: bookie in quarantine");
        }
        OptionalLong next = detector.nextReleaseNanos();
        int set = ++timer;
        if (next.isPresent()) {
            require(next.getAsLong() > world.now(), "R7", NO_LEDGER, "a quarantine goes on although its time is over");
            world.after(
                    next.getAsLong() - world.now(),
                    () -> process.act(() -> {
                        if (timer == set) {
                            judge();
                        }
                    }));
        }
        whenQuarantineChanges.run();
    }
}
