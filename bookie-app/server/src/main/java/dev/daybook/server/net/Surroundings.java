package dev.daybook.server.net;

import dev.daybook.client.net.ReloadingContext;
import dev.daybook.metrics.BookieMetrics;
import java.util.Optional;

/** What all connections of a bookie share. */
record Surroundings(
        NetConfig config,
        Optional<ReloadingContext> tls,
        ByteBudget budget,
        ConnectionLog log,
        BookieMetrics metrics) {}
