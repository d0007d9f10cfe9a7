package dev.daybook.client.loop;

import dev.daybook.client.repair.RepairRequest;
import dev.daybook.core.effect.Outbox;
import dev.daybook.core.repair.CheckReport;
import dev.daybook.core.repair.LedgerCheck;
import dev.daybook.core.repair.ProbeTraffic;
import dev.daybook.core.repair.SendProbe;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the check of one ledger, which changes nothing. Belongs to the loop. */
final class CheckDriver implements RepairOpening.Next, ProbeTraffic, LoopOwned {
    private static final Logger LOG = LoggerFactory.getLogger(CheckDriver.class);

    /** Few, because many ledgers are checked at once, and nobody waits for them. */
    private static final int PROBES_MAX = 16;

    private final LedgerLoop loop;
    private final RepairRequest request;
    private final RepairSharing sharing;
    private final Promise<Optional<CheckReport>> promise;
    private final Outbox<ProbeTraffic> outbox = new Outbox<>();
    private Optional<CopyRuns> runs = Optional.empty();
    private Optional<LedgerCheck> check = Optional.empty();
    private boolean ended;

    CheckDriver(LedgerLoop loop, RepairRequest request, RepairSharing sharing, Promise<Optional<CheckReport>> promise) {
        this.loop = loop;
        this.request = request;
        this.sharing = sharing;
        this.promise = promise;
    }

    @Override
    public void gone() {
        promise.complete(Optional.empty());
    }

    @Override
    public void found(BookieRequests requests, RepairStart start) {
        if (!loop.own(this)) {
            abandon();
            return;
        }
        runs = Optional.of(sharing.runs(loop, requests));
        LedgerCheck begun = new LedgerCheck(
                start.record().value(),
                start.lastConfirmed(),
                request.scope(loop.cluster().alive()),
                PROBES_MAX,
                loop.forkDice(),
                outbox::emit);
        check = Optional.of(begun);
        step(begun::start);
    }

    /** Enters the core and performs what it asks for. A bug ends this check and nothing else. */
    private void step(Runnable change) {
        if (ended) {
            return;
        }
        try {
            change.run();
            outbox.drainTo(this);
            runs.ifPresent(CopyRuns::go);
            check.flatMap(LedgerCheck::report).ifPresent(report -> {
                if (end()) {
                    promise.complete(Optional.of(report));
                }
            });
        } catch (RuntimeException e) {
            LOG.error("{} was stopped by a bug in Daybook", promise.what(), e);
            end();
            promise.fail(Failures.ofStore(promise.what(), e));
        }
    }

    /** True for the first caller. */
    private boolean end() {
        boolean first = !ended;
        ended = true;
        runs.ifPresent(CopyRuns::stop);
        loop.disown(this);
        return first;
    }

    @Override
    public void sendProbe(SendProbe effect) {
        runs.ifPresent(asking -> asking.probe(
                effect.bookie(),
                effect.entryId(),
                answer -> step(() ->
                        check.ifPresent(begun -> begun.onProbeReply(effect.bookie(), effect.entryId(), answer)))));
    }

    @Override
    public void abandon() {
        if (end()) {
            promise.fail(Failures.clientClosed(promise.what()));
        }
    }
}
