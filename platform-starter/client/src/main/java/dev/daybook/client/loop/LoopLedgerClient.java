package dev.daybook.client.loop;

import dev.daybook.client.AdvancedAppendLedger;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.log.NamedLogs;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.name.LedgerNames;
import dev.daybook.client.net.Network;
import dev.daybook.client.net.NetworkConfig;
import dev.daybook.client.net.NetworkLoop;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client over event loops and a metadata store. Thread-safe. */
public final class LoopLedgerClient implements LedgerClient {
    /** Beyond a few loops bookies and disks are the bottleneck, and every loop keeps a connection to every bookie. */
    private static final int LOOPS_MAX = 4;

    private static final Duration SWEEP_INTERVAL_MAX = Duration.ofMillis(250);
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(LoopLedgerClient.class);

    private final MetadataStore store;
    private final Network network;
    private final Completions completions = new Completions();
    private final Promises promises = new Promises(completions);
    private final Map<NetworkLoop, LedgerLoop> loops = new LinkedHashMap<>();
    private final Hearsay hearsay;
    private final AppendGate gate;
    private final LedgerAdmin admin;
    private final LogsOfClient logs;
    private final LedgerRepairs repairs;
    private final ClusterWatch clusterWatch;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param store belongs to the client from now on, unless this fails */
    public LoopLedgerClient(ClientConfig config, MetadataStore store, ClientMetrics metrics) {
        this.store = store;
        LoopConfig loopConfig = loopConfig(config);
        network = new Network(networkConfig(config), store::resolve);
        hearsay = new Hearsay(loops, metrics);
        try {
            for (NetworkLoop loop : network.loops()) {
                long seed = ThreadLocalRandom.current().nextLong();
                loops.put(loop, new LedgerLoop(loop, loopConfig, store, metrics, completions, seed, hearsay));
            }
            gate = new AppendGate(network, loopConfig, new PendingBytes(config.maxPendingBytes()));
            admin = new StoreLedgerAdmin(store, network.loops().get(0), config.readTimeout(), promises);
            logs = new LogsOfClient(this, store, completions);
            repairs = new LoopRepairs(store, this::loopOf, promises);
            clusterWatch = new ClusterWatch(
                    network.loops().get(0), config.placement(), admin::diskUsage, this::onClusterChanged);
            clusterWatch.start(store);
        } catch (RuntimeException e) {
            network.close();
            completions.close();
            throw e;
        }
    }

    private static LoopConfig loopConfig(ClientConfig config) {
        return new LoopConfig(
                config.addTimeout(),
                config.readTimeout(),
                config.reads(),
                config.placement(),
                config.metadataTimeout(),
                config.maxFrameBytes(),
                config.writes().explicitLacDelay(),
                config.writes().appendTimeout());
    }

    private static NetworkConfig networkConfig(ClientConfig config) {
        int loops = Math.max(1, Math.min(LOOPS_MAX, Runtime.getRuntime().availableProcessors() / 2));
        Duration shortest = shorter(config.addTimeout(), config.readTimeout());
        Duration sweep = shorter(shortest.dividedBy(8).plusMillis(1), SWEEP_INTERVAL_MAX);
        return new NetworkConfig(
                loops, config.connectTimeout(), config.maxFrameBytes(), config.generation(), config.security(), sweep);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void onClusterChanged(ClusterSnapshot cluster) {
        loops.values().forEach(loop -> loop.execute(() -> loop.onClusterChanged(cluster)));
    }

    private LedgerLoop loopOf(LedgerId ledger) {
        LedgerLoop loop = loops.get(network.loopOf(ledger.value()));
        if (loop == null) {
            throw new IllegalStateException("every network loop has a ledger loop");
        }
        return loop;
    }

    @Override
    public CompletionStage<AppendLedger> create(LedgerSpec spec) {
        Promise<AppendLedger> promise = promises.make(creating(spec));
        create(spec, false, promise, end -> promise.complete(new WritingHandle(end)));
        return promise.stage();
    }

    @Override
    public CompletionStage<AdvancedAppendLedger> createAdvanced(LedgerSpec spec) {
        Promise<AdvancedAppendLedger> promise = promises.make(creating(spec));
        create(spec, true, promise, end -> promise.complete(new AdvancedWritingHandle(end)));
        return promise.stage();
    }

    private static String creating(LedgerSpec spec) {
        return spec.id().map(id -> "Creating ledger " + id).orElse("Creating a ledger");
    }

    private void create(LedgerSpec spec, boolean chosenIds, Promise<?> promise, Consumer<WritingEnd> whenDone) {
        new Creation(
                        store,
                        this::loopOf,
                        spec,
                        chosenIds,
                        promise,
                        (loop, ledger) -> whenDone.accept(WritingEnd.open(loop, ledger, gate, promises)))
                .start();
    }

    @Override
    public CompletionStage<ReadLedger> open(LedgerId ledger, LedgerPassword password) {
        return open(ledger, password, promises.make("Opening ledger " + ledger), false);
    }

    @Override
    public CompletionStage<ReadLedger> openWithRecovery(LedgerId ledger, LedgerPassword password) {
        return open(ledger, password, promises.make("Recovering ledger " + ledger), true);
    }

    private CompletionStage<ReadLedger> open(
            LedgerId ledger, LedgerPassword password, Promise<ReadLedger> promise, boolean recover) {
        new Opening(loopOf(ledger), store, ledger, password, promises, promise).start(recover);
        return promise.stage();
    }

    @Override
    public CompletionStage<Void> delete(LedgerId ledger) {
        Promise<Void> promise = promises.make("Deleting ledger " + ledger);
        promise.follow(() -> store.delete(ledger));
        return promise.stage();
    }

    @Override
    public NamedLogs logs() {
        return logs.logs();
    }

    @Override
    public LedgerNames names() {
        return logs.names();
    }

    @Override
    public LedgerRepairs repairs() {
        return repairs;
    }

    @Override
    public LedgerAdmin admin() {
        return admin;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        gate.close();
        clusterWatch.close();
        endLoops();
        network.close();
        hearsay.end();
        promises.close();
        logs.close();
        completions.close();
        store.close();
    }

    /** Handles fail what they have under way while the loops still run. */
    private void endLoops() {
        CountDownLatch ended = new CountDownLatch(loops.size());
        for (LedgerLoop loop : loops.values()) {
            loop.execute(() -> {
                loop.close();
                ended.countDown();
            });
        }
        if (network.isLoopThread()) {
            return;
        }
        try {
            if (!ended.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("handles were still open {} seconds after the client began to close", CLOSE_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
