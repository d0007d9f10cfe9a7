package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RepairStore.AuditorTerm;
import dev.daybook.client.meta.RepairStore.ElectionListener;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.core.audit.Search;
import dev.daybook.metrics.RecoveryMetrics;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands for election as the auditor, and is it while elected. Belongs to the loop. */
final class AuditorOffice implements ElectionListener {
    private static final Logger LOG = LoggerFactory.getLogger(AuditorOffice.class);

    private final SerialLoop loop;
    private final MetadataStore store;
    private final LedgerRepairs repairs;
    private final AutoRecoveryConfig config;
    private final RecoveryMetrics metrics;
    private final TermDuty.Assignment duties;
    private Subscription candidacy = () -> {};
    private Optional<AuditorLoop> present = Optional.empty();
    private TermDuty duty = TermDuty.NONE;
    private boolean stopped;

    /** @param duties what else is done in the term of this epoch */
    AuditorOffice(
            SerialLoop loop,
            MetadataStore store,
            LedgerRepairs repairs,
            AutoRecoveryConfig config,
            RecoveryMetrics metrics,
            TermDuty.Assignment duties) {
        this.loop = loop;
        this.store = store;
        this.repairs = repairs;
        this.config = config;
        this.metrics = metrics;
        this.duties = duties;
    }

    void start() {
        candidacy = store.repairs().stand(config.name(), this);
    }

    @Override
    public void elected(AuditorTerm term) {
        loop.execute(() -> {
            if (stopped) {
                return;
            }
            LOG.info("{} is the auditor of the cluster now, in term {}.", config.name(), term.epoch());
            leave();
            AuditorLoop begun = new AuditorLoop(loop, store, repairs, config.audit(), metrics, term);
            present = Optional.of(begun);
            metrics.auditor(true);
            begun.start();
            duty = duties.of(term.epoch(), this);
            duty.start();
        });
    }

    @Override
    public void ended() {
        loop.execute(() -> {
            LOG.info("{} is not the auditor of the cluster any more.", config.name());
            leave();
        });
    }

    private void leave() {
        present.ifPresent(AuditorLoop::stop);
        present = Optional.empty();
        duty.stop();
        duty = TermDuty.NONE;
        metrics.auditor(false);
    }

    void stop() {
        stopped = true;
        candidacy.close();
        leave();
    }

    /** @return false if this process is not the auditor, or not yet */
    boolean demand(Search search) {
        return present.filter(auditor -> auditor.demand(search)).isPresent();
    }

    AuditActivity activity() {
        return present.map(AuditorLoop::activity).orElse(AuditActivity.NOT_ELECTED);
    }
}
