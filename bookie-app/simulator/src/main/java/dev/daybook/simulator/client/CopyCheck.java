package dev.daybook.simulator.client;

import dev.daybook.core.effect.Outbox;
import dev.daybook.core.repair.CheckReport;
import dev.daybook.core.repair.CheckScope;
import dev.daybook.core.repair.LedgerCheck;
import dev.daybook.core.repair.ProbeTraffic;
import dev.daybook.core.repair.SendProbe;
import java.util.function.Consumer;

/** Drives the check of one ledger. */
final class CopyCheck implements ProbeTraffic {
    private static final int PROBES_MAX = 4;

    private final LedgerCheck core;
    private final Outbox<ProbeTraffic> outbox = new Outbox<>();
    private final BookieCalls bookies;
    private Consumer<CheckReport> then = report -> {};

    CopyCheck(Surroundings around, SimRepairs.Start start, CheckScope scope) {
        this.bookies = start.bookies();
        this.core = new LedgerCheck(
                start.record().value(),
                start.lastConfirmed(),
                scope,
                PROBES_MAX,
                around.world().dice().fork(),
                outbox::emit);
    }

    void start(Consumer<CheckReport> whenDone) {
        then = whenDone;
        step(core::start);
    }

    private void step(Runnable change) {
        boolean before = core.report().isPresent();
        change.run();
        outbox.drainTo(this);
        if (!before) {
            core.report().ifPresent(then);
        }
    }

    @Override
    public void sendProbe(SendProbe effect) {
        bookies.probe(
                effect.bookie(),
                effect.entryId(),
                Once.of(answer -> step(() -> core.onProbeReply(effect.bookie(), effect.entryId(), answer))));
    }
}
