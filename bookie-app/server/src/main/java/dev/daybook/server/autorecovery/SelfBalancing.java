package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.job.JobStore;
import dev.daybook.client.meta.job.Submission;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders now and then that bookies be evened out, if they are uneven. It only orders: the job that follows is one like any
 * other, which operators see and may cancel. Belongs to the loop.
 */
final class SelfBalancing {
    private static final Logger LOG = LoggerFactory.getLogger(SelfBalancing.class);

    private final JobMeans means;
    private final AutoRecoveryConfig.Balancing settings;
    private Subscription next = () -> {};
    private boolean over;

    SelfBalancing(JobMeans means, AutoRecoveryConfig.Balancing settings) {
        this.means = means;
        this.settings = settings;
    }

    /** Not at once: after a failover bookies that were away come back first. */
    void start() {
        next = means.loop().later(settings.intervalMillis(), this::look);
    }

    void stop() {
        over = true;
        next.close();
    }

    private void look() {
        means.loop()
                .ask(
                        () -> means.store().repairs().enabled(),
                        enabled -> {
                            if (enabled) {
                                plan();
                            } else {
                                lookLater();
                            }
                        },
                        this::onFailed);
    }

    private void plan() {
        BalanceSurvey survey = new BalanceSurvey(means.loop(), means.admin(), means.repairs(), settings.limits());
        means.loop().ask(survey::plan, this::order, this::onFailed);
    }

    private void order(JobPlan plan) {
        if (over || !(plan.order() instanceof Rebalance moves) || moves.moves().isEmpty()) {
            lookLater();
            return;
        }
        means.loop()
                .ask(
                        () -> new JobStore(means.store().records())
                                .submit(moves, means.loop().epochMillis()),
                        submission -> {
                            if (submission instanceof Submission.Refused refused) {
                                LOG.info("Bookies are not evened out now. {}", refused.why());
                            }
                            lookLater();
                        },
                        this::onFailed);
    }

    private void onFailed(Throwable failure) {
        LOG.info("It was not found out whether bookies are even: {}", Causes.sentence(failure));
        lookLater();
    }

    private void lookLater() {
        if (!over) {
            start();
        }
    }
}
