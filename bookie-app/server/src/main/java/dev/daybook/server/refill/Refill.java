package dev.daybook.server.refill;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerException;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.BookieServer;
import dev.daybook.server.MetadataConnector;
import dev.daybook.server.shard.LimboLedgers;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that fills a bookie which lost entries from its peers, round after round until no ledger is in limbo. A
 * ledger leaves limbo, durably, when every entry that the metadata give to this bookie is here; so a restart goes on with
 * the others. Holds connections only while something is in limbo. Source: auto-recovery specification, section 8.3.
 */
public final class Refill implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Refill.class);

    /** How often a bookie that lacks nothing looks whether that is still so. */
    private static final long IDLE_MILLIS = 60_000;

    private static final long JOIN_MILLIS_MAX = 10_000;
    private static final int EXAMPLES_MAX = 10;

    private final RefillConfig config;
    private final LimboLedgers limbo;
    private final Supplier<Peers> connector;
    private final RefillAgenda agenda;
    private final RefillProgress progress;
    private final Thread thread = new Thread(this::run, "bookie-refill");
    private Optional<Peers> peers = Optional.empty();

    /** What the log has said last, so that it says nothing twice. */
    private Map<Long, String> toldStaying = Map.of();

    /** Guards the wait between rounds. */
    private final Object monitor = new Object();

    private boolean demanded;
    private boolean closed;

    private volatile @Nullable RefillRound round;
    private volatile String problem = "";

    private Refill(RefillConfig config, LimboLedgers limbo, Supplier<Peers> connector, BookieMetrics metrics) {
        this.config = config;
        this.limbo = limbo;
        this.connector = connector;
        this.agenda = new RefillAgenda(config.gracePeriod().toMillis());
        this.progress = new RefillProgress(metrics);
        this.thread.setDaemon(true);
    }

    /**
     * Begins to work.
     *
     * @param bookie as it serves: it gets entries as from any repair. To be closed after this
     * @param client how bookies are reached, this one too
     * @param metadata for a session of its own
     */
    public static Refill start(
            RefillConfig config,
            BookieServer bookie,
            ClientConfig client,
            MetadataConnector metadata,
            BookieMetrics metrics) {
        Supplier<Peers> connector =
                () -> new Peers(bookie.id(), client, metadata.connect(false), config.bytesPerSecond());
        Refill begun = new Refill(config, bookie.limbo(), connector, metrics);
        begun.thread.start();
        return begun;
    }

    /** Tries what waits now, or after the round that runs. */
    public void request() {
        synchronized (monitor) {
            demanded = true;
            monitor.notifyAll();
        }
    }

    /** How it goes; cheap. */
    public RefillStatus status() {
        return progress.status(round != null, problem);
    }

    private void run() {
        long pauseMillis = config.pause().toMillis();
        try {
            while (!isClosed()) {
                long gainedBefore = progress.gained();
                boolean complete = roundOrProblem();
                boolean soon = progress.gained() > gainedBefore || agenda.waitsForWriters(nowMillis());
                pauseMillis = soon
                        ? config.pause().toMillis()
                        : Math.min(2 * pauseMillis, config.pauseMax().toMillis());
                await(complete ? IDLE_MILLIS : pauseMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private boolean isClosed() {
        synchronized (monitor) {
            return closed;
        }
    }

    /** Returns when the time is over, or when a round was asked for. */
    private void await(long millis) throws InterruptedException {
        long untilMillis = nowMillis() + millis;
        synchronized (monitor) {
            for (long rest = millis; !closed && !demanded && rest > 0; rest = untilMillis - nowMillis()) {
                monitor.wait(rest);
            }
            demanded = false;
        }
    }

    /** Returns whether nothing is in limbo any more. */
    private boolean roundOrProblem() throws InterruptedException {
        try {
            boolean complete = round();
            problem = "";
            return complete;
        } catch (LedgerException | CompletionException | IllegalStateException e) {
            if (!isClosed()) {
                problem = "This bookie cannot be filled from its peers now: " + RefillRound.sentence(e);
                LOG.warn("{}", problem);
            }
            return false;
        } finally {
            round = null;
        }
    }

    private boolean round() throws InterruptedException {
        long[] ids = limbo.idsWithDoubted();
        Set<Long> all = Arrays.stream(ids).boxed().collect(Collectors.toSet());
        progress.counted(all);
        if (ids.length == 0) {
            agenda.beginRound(all, Map.of());
            disconnect();
            return true;
        }
        if (peers.isEmpty()) {
            LOG.info(
                    "{} ledgers may lack entries here; what is missing is copied back from other bookies.", ids.length);
            peers = Optional.of(connector.get());
        }
        Peers connected = peers.get();
        RefillRound begun = new RefillRound(connected, agenda, limbo, progress);
        round = begun;
        if (isClosed()) {
            return false;
        }
        // The locks are listed before the metadata are read: see the agenda.
        agenda.beginRound(all, connected.lockHolders());
        begun.run(ids, config.ledgersAtOnce());
        return report();
    }

    /** Returns whether nothing is left. */
    private boolean report() {
        RefillStatus now = status();
        if (now.ledgersLeft() == 0) {
            LOG.info(
                    "Every ledger of this bookie is complete: {} were filled with {} entries of {} bytes.",
                    now.ledgersFilled(),
                    now.entriesCopied(),
                    now.bytesCopied());
        } else if (!isClosed() && !now.staying().equals(toldStaying)) {
            LOG.warn(
                    "{} ledgers may lack entries here still, {} were filled with {} entries; among those that stay: {}",
                    now.ledgersLeft(),
                    now.ledgersFilled(),
                    now.entriesCopied(),
                    now.examples(EXAMPLES_MAX));
        }
        toldStaying = now.staying();
        return now.ledgersLeft() == 0;
    }

    private void disconnect() {
        peers.ifPresent(Peers::close);
        peers = Optional.empty();
    }

    /** What is under way is left unfinished, and in limbo. Idempotent. */
    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
        RefillRound running = round;
        if (running != null) {
            running.stop();
        }
        try {
            thread.join(JOIN_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
