package dev.daybook.client.loop;

import dev.daybook.client.LedgerClient;
import dev.daybook.client.log.ChainLogs;
import dev.daybook.client.log.ClientLedgers;
import dev.daybook.client.log.LogPorts;
import dev.daybook.client.log.NamedLogs;
import dev.daybook.client.log.Turns;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.name.LedgerNames;
import dev.daybook.client.name.RecordNames;
import dev.daybook.client.net.Network;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The named logs and the names of a client. Writers of logs run on a thread of their own, because their appends may have to
 * wait for room; it ends when it has nothing to do.
 */
final class LogsOfClient implements AutoCloseable {
    private final ThreadPoolExecutor writers;
    private final NamedLogs logs;
    private final LedgerNames names;

    LogsOfClient(LedgerClient client, MetadataStore store, Completions completions) {
        writers = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Network.daemons("daybook-client-logs-"));
        writers.allowCoreThreadTimeOut(true);
        Turns owner = new Turns(writers);
        logs = new ChainLogs(new LogPorts(
                new ClientLedgers(client, store::generateLedgerId),
                store.records(),
                owner,
                task -> completions.execute(task),
                completions::isCurrentThread,
                System::currentTimeMillis,
                LogsOfClient::dice,
                (task, millis) -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, owner)
                        .execute(task)));
        names = new RecordNames(store.records(), client::delete, task -> completions.execute(task), LogsOfClient::dice);
    }

    private static long dice() {
        return ThreadLocalRandom.current().nextLong();
    }

    NamedLogs logs() {
        return logs;
    }

    LedgerNames names() {
        return names;
    }

    /** What writers still have to do, they do on the threads that tell them. */
    @Override
    public void close() {
        writers.shutdown();
    }
}
