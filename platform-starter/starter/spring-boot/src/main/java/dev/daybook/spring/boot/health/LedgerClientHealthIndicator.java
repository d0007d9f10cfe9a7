package dev.daybook.spring.boot.health;

import dev.daybook.client.LedgerClient;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether the metadata service answers: one read of one node, and never a longer wait than two seconds. It does not
 * look at bookies, because the loss of one must not take every application out of service.
 */
public final class LedgerClientHealthIndicator extends AbstractHealthIndicator {
    private static final long DEADLINE_MILLIS = 2000;

    private final LedgerClient client;

    public LedgerClientHealthIndicator(LedgerClient client) {
        super("the metadata service does not answer");
        this.client = client;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        try {
            client.admin()
                    .instanceId()
                    .toCompletableFuture()
                    .orTimeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                    .join()
                    .ifPresent(instance -> builder.withDetail("cluster", instance));
            builder.up();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof TimeoutException) {
                builder.down()
                        .withDetail("error", "the metadata service did not answer within " + DEADLINE_MILLIS + " ms");
            } else {
                builder.down(cause != null ? cause : e);
            }
        }
    }
}
