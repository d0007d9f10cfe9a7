package dev.daybook.server;

import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.identity.BookieFolders;
import dev.daybook.server.identity.IdentityConfig;
import dev.daybook.server.net.NetConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Bookies of this process on ports that the operating system chooses. */
final class TestBookies {
    private TestBookies() {}

    static BookieServerConfig config(Path folder, String name, int port) {
        return BookieServerConfig.of(
                NetConfig.of("127.0.0.1", port),
                new IdentityConfig(Optional.of(name), Optional.of("127.0.0.1"), true),
                BookieFolders.below(folder));
    }

    /** With two journals and two ledger directories, {@code j0} to {@code l1}. */
    static BookieServerConfig spread(Path folder, String name) {
        return BookieServerConfig.of(
                NetConfig.of("127.0.0.1", 0),
                new IdentityConfig(Optional.of(name), Optional.of("127.0.0.1"), true),
                new BookieFolders(
                        List.of(folder.resolve("j0"), folder.resolve("j1")),
                        List.of(folder.resolve("l0"), folder.resolve("l1")),
                        Optional.empty()));
    }

    static BookieServer started(BookieServerConfig config, InMemoryMetadataStore cluster) {
        return started(config, mayInitialise -> cluster.another());
    }

    static BookieServer started(BookieServerConfig config, MetadataConnector metadata) {
        StartOutcome outcome = BookieServer.start(config, metadata, BookieMetrics.NONE);
        if (outcome instanceof StartOutcome.Refused refused) {
            throw new AssertionError(refused.exit());
        }
        return ((StartOutcome.Started) outcome).server();
    }

    static BookieExit refused(BookieServerConfig config, MetadataConnector metadata) {
        StartOutcome outcome = BookieServer.start(config, metadata, BookieMetrics.NONE);
        if (outcome instanceof StartOutcome.Started started) {
            started.server().close();
            throw new AssertionError("started");
        }
        return ((StartOutcome.Refused) outcome).exit();
    }
}
