package dev.daybook.boot.bookie;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.server.BookieServer;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while the bookie serves, also read-only: then it still answers reads, and a restart would not help. Details name
 * the mode and every directory with a problem.
 */
final class BookieHealth extends AbstractHealthIndicator {
    private final BookieLifecycle lifecycle;

    BookieHealth(BookieLifecycle lifecycle) {
        super("The bookie's state could not be read");
        this.lifecycle = lifecycle;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        BookieServer server = lifecycle.server().filter(BookieServer::isRunning).orElse(null);
        if (server == null) {
            health.down().withDetail("state", "STOPPED");
            return;
        }
        BookieUsage usage = server.usage();
        health.up().withDetail("id", server.id().value()).withDetail("state", usage.state());
        for (BookieUsage.Directory directory : usage.directories()) {
            String name = directory.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + directory.path();
            health.withDetail(name, directory.problem().isEmpty() ? "ok" : directory.problem());
        }
    }
}
