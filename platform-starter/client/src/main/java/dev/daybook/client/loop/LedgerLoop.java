package dev.daybook.client.loop;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.net.NetworkLoop;
import dev.daybook.core.effect.Dice;
import dev.daybook.core.health.RankedPosition;
import dev.daybook.core.health.ReadOrder;
import dev.daybook.core.place.Adherence;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop as the ledgers see it that live on it: connections, metadata, the cluster as last seen, and who is to
 * be told when the client shuts down. Touched by the loop's thread only, except {@link #execute}.
 */
final class LedgerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerLoop.class);
    private static final long COMPLAINT_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final NetworkLoop net;
    private final LoopConfig config;
    private final ClientMetrics metrics;
    private final Completions completions;
    private final StoreCalls store;
    private final Dice dice;
    private final Hearsay hearsay;
    private final BookieHealth health;
    private final BatchlessBookies batchless = new BatchlessBookies();
    private final HedgeTicker hedges;
    private final PlacementPolicy placement;
    private final Optional<String> region;
    private final Set<LoopOwned> owned = new LinkedHashSet<>();

    private final Runnable handOver = this::handOver;

    /** Completions of this turn, handed over together. */
    private List<Runnable> finished = new ArrayList<>();

    private ClusterSnapshot cluster = new ClusterSnapshot(List.of());
    private boolean complained;
    private long complainedNanos;
    private boolean clusterKnown;
    private List<Runnable> waitingForCluster = new ArrayList<>();
    private boolean closed;

    LedgerLoop(
            NetworkLoop net,
            LoopConfig config,
            MetadataStore store,
            ClientMetrics metrics,
            Completions completions,
            long seed,
            Hearsay hearsay) {
        this.net = net;
        this.config = config;
        this.metrics = metrics;
        this.completions = completions;
        this.store = new StoreCalls(net, store, config.metadataTimeout());
        this.dice = new Dice(seed);
        net.whenConnectionLost(this::onConnectionLost);
        this.hearsay = hearsay;
        this.health = new BookieHealth(
                net,
                Policies.health(config.placement()),
                this::onQuarantineChanged,
                bookie -> hearsay.unreachable(net, bookie));
        this.hedges = new HedgeTicker(net, config.reads().hedgeDelay());
        this.placement = Policies.of(config.placement());
        this.region = Policies.region(config.placement());
    }

    /** Cores speak of ledgers as bare numbers. */
    static LedgerId idOf(long ledgerId) {
        return new LedgerId(ledgerId);
    }

    NetworkLoop net() {
        return net;
    }

    LoopConfig config() {
        return config;
    }

    ClientMetrics metrics() {
        return metrics;
    }

    StoreCalls store() {
        return store;
    }

    BookieHealth health() {
        return health;
    }

    HedgeTicker hedges() {
        return hedges;
    }

    BatchlessBookies batchless() {
        return batchless;
    }

    /** The replicas of an entry, those first that are likely to answer soon and well. */
    List<RankedPosition> rank(Quorum quorum, long entryId, List<BookieId> ensemble) {
        ReadOrder order = new ReadOrder(health.detector(), cluster, net::isWritable, region);
        return order.of(quorum, entryId, ensemble, net.nanoTime());
    }

    PlacementPolicy placement() {
        return placement;
    }

    /**
     * Says once in a while that the policy is not kept. Where no location is known nothing else can be expected.
     */
    void placed(Adherence adherence, Quorum quorum, List<BookieId> ensemble) {
        long now = net.nanoTime();
        boolean silent = complained && now - complainedNanos < COMPLAINT_PAUSE_NANOS;
        if (adherence == Adherence.FAILS && !cluster.locations().isEmpty() && !silent) {
            complained = true;
            complainedNanos = now;
            LOG.warn(
                    "no choice of bookies keeps to the placement policy {} for {}; new ledgers go to bookies like {}",
                    config.placement().spread().policy(),
                    quorum,
                    ensemble);
        }
    }

    Dice forkDice() {
        return dice.fork();
    }

    ClusterSnapshot cluster() {
        return cluster;
    }

    /** False if the loop is gone and will not run it. */
    boolean execute(Runnable task) {
        return net.execute(task);
    }

    /** Runs the completion on the application's side, after those before it. */
    void finish(Runnable completion) {
        boolean first = finished.isEmpty();
        finished.add(completion);
        if (first && !net.execute(handOver)) {
            handOver();
        }
    }

    private void handOver() {
        List<Runnable> batch = finished;
        finished = new ArrayList<>();
        if (!batch.isEmpty()) {
            completions.execute(batch);
        }
    }

    /** False once the client shuts down: then nothing new may begin. */
    boolean own(LoopOwned thing) {
        if (closed) {
            return false;
        }
        owned.add(thing);
        return true;
    }

    void disown(LoopOwned thing) {
        owned.remove(thing);
    }

    private void onQuarantineChanged(Set<BookieId> quarantined) {
        hearsay.quarantineChanged(cluster.quarantined(), quarantined);
        adopt(cluster.withQuarantined(quarantined));
    }

    void onClusterChanged(ClusterSnapshot newCluster) {
        adopt(newCluster.withQuarantined(cluster.quarantined()));
        onClusterKnown();
    }

    /** Runs the task once the cluster was heard of, at the latest after the time for one metadata operation. */
    void whenClusterKnown(Runnable task) {
        if (clusterKnown || closed) {
            task.run();
            return;
        }
        if (waitingForCluster.isEmpty()) {
            net.schedule(this::onClusterKnown, config.metadataTimeout());
        }
        waitingForCluster.add(task);
    }

    private void onClusterKnown() {
        clusterKnown = true;
        List<Runnable> tasks = waitingForCluster;
        waitingForCluster = new ArrayList<>();
        tasks.forEach(Runnable::run);
    }

    private void adopt(ClusterSnapshot newCluster) {
        cluster = newCluster;
        for (LoopOwned thing : List.copyOf(owned)) {
            thing.onClusterChanged(cluster);
        }
    }

    private void onConnectionLost(BookieId bookie) {
        for (LoopOwned thing : List.copyOf(owned)) {
            thing.onConnectionLost(bookie);
        }
    }

    /** Ends everything on this loop. */
    void close() {
        closed = true;
        for (LoopOwned thing : List.copyOf(owned)) {
            thing.abandon();
        }
        owned.clear();
        onClusterKnown();
        handOver();
    }
}
