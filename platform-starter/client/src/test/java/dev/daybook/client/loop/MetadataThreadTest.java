package dev.daybook.client.loop;

import static dev.daybook.client.fake.Cluster.await;
import static dev.daybook.client.fake.Cluster.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.client.fake.Cluster;
import dev.daybook.client.fake.FakeBookie;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.Samples;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * A metadata store that has one thread for everything it calls back. Who waits on that thread for the store's next
 * answer waits for ever, so the client must never wait there, for nothing at all.
 */
class MetadataThreadTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2));

    /** Runs tasks without ever waiting itself, so that each wait of its thread is the wait of a task. */
    private static final class RestlessThread extends Thread {
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private volatile boolean ended;

        RestlessThread() {
            super("restless-metadata");
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            while (!ended) {
                Runnable task = tasks.poll();
                if (task == null) {
                    Thread.onSpinWait();
                } else {
                    task.run();
                }
            }
        }
    }

    private static MetadataStore answeringOn(RestlessThread thread, MetadataStore store) {
        return (MetadataStore) Proxy.newProxyInstance(
                MetadataThreadTest.class.getClassLoader(),
                new Class<?>[] {MetadataStore.class},
                (proxy, method, arguments) -> {
                    if (method.getReturnType() != CompletionStage.class) {
                        return invoke(store, method, arguments);
                    }
                    CompletableFuture<Object> answer = new CompletableFuture<>();
                    thread.tasks.add(() -> {
                        try {
                            answer.complete(await((CompletionStage<?>) invoke(store, method, arguments)));
                        } catch (Throwable e) {
                            answer.completeExceptionally(e);
                        }
                    });
                    return answer;
                });
    }

    private static Object invoke(MetadataStore store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void nothingWaitsWhereTheStoreAnswers() {
        InMemoryMetadataStore cluster = new InMemoryMetadataStore();
        RestlessThread thread = new RestlessThread();
        List<FakeBookie> bookies = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FakeBookie bookie = new FakeBookie();
            bookies.add(bookie);
            await(cluster.registry().register(bookie.id(), false, Samples.service("127.0.0.1", bookie.port())));
        }
        try (LedgerClient client = client(cluster, thread);
                LedgerClient other = client(cluster, thread)) {
            wholeLife(client, other, bookies);
        } finally {
            bookies.forEach(FakeBookie::close);
        }
        long waits = ManagementFactory.getThreadMXBean()
                .getThreadInfo(thread.getId())
                .getWaitedCount();
        thread.ended = true;
        assertThat(waits)
                .as("times that something waited on the store's thread")
                .isZero();
    }

    private static LedgerClient client(InMemoryMetadataStore cluster, RestlessThread thread) {
        return new LoopLedgerClient(
                Cluster.config(Generation.V3, Duration.ofSeconds(20)),
                answeringOn(thread, cluster.another()),
                ClientMetrics.NONE);
    }

    private static void wholeLife(LedgerClient client, LedgerClient other, List<FakeBookie> bookies) {
        AppendLedger writer = await(client.create(SPEC));
        await(writer.append(new byte[10]));
        ReadLedger tail = await(other.open(writer.id(), LedgerPassword.EMPTY));
        bookies.stream()
                .filter(bookie ->
                        writer.metadata().lastFragment().ensemble().get(0).equals(bookie.id()))
                .forEach(FakeBookie::stop);
        until("the ensemble changes", () -> {
            await(writer.append(new byte[10]));
            return writer.metadata().fragments().size() > 1;
        });
        CompletionStage<TailResult> next = tail.awaitEntry(1, Duration.ofSeconds(15));
        await(next);
        await(other.openWithRecovery(writer.id(), LedgerPassword.EMPTY));
        await(other.admin().ledgers(Optional.empty(), 10));
        AppendLedger second = await(client.create(SPEC));
        await(second.append(new byte[10]));
        await(second.closeLedger());
        await(other.delete(second.id()));
    }
}
