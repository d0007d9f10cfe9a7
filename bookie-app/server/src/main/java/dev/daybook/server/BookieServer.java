package dev.daybook.server;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.job.ReadOnlyWishes;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.server.BookieStart.RunningParts;
import dev.daybook.server.disk.DirectoryUsage;
import dev.daybook.server.disk.DiskMonitor;
import dev.daybook.server.disk.DiskSpace;
import dev.daybook.server.garbage.Reclamation;
import dev.daybook.server.registration.ServiceMode;
import dev.daybook.server.registration.ServiceMode.Reason;
import dev.daybook.server.scrub.Scrubber;
import dev.daybook.server.shard.BookieEvents;
import dev.daybook.server.shard.LimboLedgers;
import dev.daybook.server.shard.StoredFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bookie from start to stop: port, identity, storage, registration. Ends when it is closed or when it can no longer
 * keep its promises; either way {@link #ended} tells. Thread-safe.
 *
 * <p>Mode and registration belong to one housekeeping thread, which may wait for disks and the metadata service.
 */
public final class BookieServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BookieServer.class);

    /** A clean stop tells the metadata service, but does not wait long for one that is gone. */
    private static final long UNREGISTER_SECONDS_MAX = 2;

    private final RunningParts parts;
    private final ServiceMode mode;
    private final DiskMonitor disks;
    private final ScheduledExecutorService housekeeping =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "bookie-housekeeping"));

    /** At the last look; used by the housekeeping thread, and by the start before it. */
    private boolean diskWasFull;

    private volatile MetadataStore.Subscription leaving = () -> {};

    private final AtomicReference<@Nullable BookieExit> exit = new AtomicReference<>();
    private final CompletableFuture<BookieExit> ended = new CompletableFuture<>();
    private final long startedAtMillis = System.currentTimeMillis();

    BookieServer(RunningParts parts) {
        this.parts = parts;
        this.mode = new ServiceMode(parts.metadata().registry(), id(), service(), parts.bookie()::setReadOnly);
        this.disks = new DiskMonitor(
                parts.config().folders().all(),
                parts.config().folders().ledger(),
                parts.config().disks().thresholds(),
                parts.config().storage().reserveBytes(),
                DiskSpace.REAL,
                parts.metrics());
    }

    /** Starts a bookie; returns when it serves and is registered, or says why not. Blocks while journals are replayed. */
    public static StartOutcome start(BookieServerConfig config, MetadataConnector metadata, BookieMetrics metrics) {
        return new BookieStart(config, metadata, metrics).run();
    }

    void begin() throws StartRefusal {
        mode.set(Reason.CONFIGURED, parts.config().readOnly());
        Optional<BookieExit> failed = lookAtDisks();
        if (failed.isPresent()) {
            stopThreads();
            throw new StartRefusal(failed.get().code(), failed.get().sentence());
        }
        parts.bookie().start(new Events());
        parts.bookie().onPressure(parts.net()::setPressed);
        parts.net().serve(parts.bookie());
        parts.metadata().registry().onRegistrationLost(this::onRegistrationLost);
        try {
            // The mode belongs to the housekeeping thread, which the storage may have told something already.
            CompletableFuture.runAsync(mode::announce, housekeeping).join();
        } catch (CompletionException e) {
            stopThreads();
            throw new StartRefusal(
                    ExitCode.REGISTRATION_FAILED,
                    "The bookie " + id() + " could not be registered (" + reasonOf(e)
                            + "); is another bookie of that name running? Each needs a --port or daybook.bookie.id of"
                            + " its own.");
        }
        leaving = new ReadOnlyWishes(parts.metadata().records())
                .watch(id(), wanted -> ifNotStopped(() -> housekeeping.execute(() -> onLeaving(wanted))));
        repeat(housekeeping, this::housekeep, parts.config().disks().interval().toMillis());
        parts.reclamation().start();
        parts.scrubber().start();
    }

    public BookieId id() {
        return parts.identity().id();
    }

    /** The port that is bound, also when the configured one was 0. */
    public int port() {
        return parts.net().port();
    }

    public boolean isReadOnly() {
        return parts.bookie().isReadOnly();
    }

    /** Completes when everything has been closed. */
    public CompletionStage<BookieExit> ended() {
        return ended.minimalCompletionStage();
    }

    /** Serves until it is asked to stop or must. */
    public boolean isRunning() {
        return exit.get() == null;
    }

    /** What may have been lost here, for those who bring it back. */
    public LimboLedgers limbo() {
        return parts.bookie().limbo();
    }

    /** What operators and the console look at; cheap enough for every few seconds. */
    public BookieUsage usage() {
        return UsageReport.of(parts, disks, isReadOnly(), startedAtMillis, System.currentTimeMillis());
    }

    /** What lies in the bookie's folders, for operators; reads directories. */
    public StoredFiles files() throws IOException {
        return parts.bookie().files();
    }

    /** The bookie's session with the metadata service, for those who serve operators. It ends with the bookie. */
    public MetadataStore metadata() {
        return parts.metadata();
    }

    /** Whether it is read-only for as long as it runs, because its settings say so. */
    public boolean isReadOnlyForGood() {
        return parts.config().readOnly();
    }

    /**
     * Makes the bookie read-only until this is taken back or the process ends, or takes it back. Completes when the
     * metadata service knows; a bookie may stay read-only for other reasons.
     */
    public CompletionStage<Void> holdReadOnly(boolean held) {
        return CompletableFuture.runAsync(
                () -> {
                    mode.set(Reason.OPERATOR, held);
                    mode.announce();
                },
                housekeeping);
    }

    /** Where operators ask for everything to be read back. */
    public Scrubber scrubber() {
        return parts.scrubber();
    }

    /** Where operators ask for space to be won back. */
    public Reclamation reclamation() {
        return parts.reclamation();
    }

    /** A job that empties this bookie wants no new entries to come, whoever sends them. */
    private void onLeaving(boolean wanted) {
        mode.set(Reason.LEAVING, wanted);
        housekeep();
    }

    private void housekeep() {
        lookAtDisks().ifPresent(this::end);
        UsageMeters.record(parts.bookie().usage(), parts.metrics());
        parts.reclamation().report();
        try {
            mode.announce();
        } catch (CompletionException e) {
            LOG.warn("The metadata service does not know this bookie's mode yet: {}", reasonOf(e));
        }
    }

    /** @return why the bookie must stop, if it must */
    private Optional<BookieExit> lookAtDisks() {
        DiskMonitor.Verdict verdict = disks.look();
        if (verdict instanceof DiskMonitor.Verdict.Failed failed) {
            return Optional.of(new BookieExit(
                    ExitCode.STORAGE_FAILED,
                    "The folder " + failed.directory() + " cannot be read any more (" + failed.why() + ")."));
        }
        long needed = parts.config().disks().highPriorityFreeBytes();
        List<DirectoryUsage> usages = disks.latest();
        parts.bookie().setHighPriorityWrites(usages.stream().anyMatch(usage -> usage.freeBytes() > needed));
        boolean full = verdict instanceof DiskMonitor.Verdict.ReadOnly;
        if (full && !diskWasFull) {
            parts.reclamation().hurry();
        }
        diskWasFull = full;
        mode.set(Reason.DISK_FULL, full);
        return Optional.empty();
    }

    private void onRegistrationLost() {
        end(new BookieExit(
                ExitCode.SESSION_LOST,
                "The bookie lost its session with the metadata service and could not register again; check the"
                        + " metadata service (daybook.metadata-uri) and start the bookie again."));
    }

    /** Begins the end, once; the work is done by a thread that nothing waits for. Any thread. */
    private void end(BookieExit reason) {
        if (exit.compareAndSet(null, reason)) {
            if (reason.code() != ExitCode.OK) {
                LOG.error("The bookie stops: {}", reason.sentence());
            }
            // Not a daemon: the process must not end before the last flush.
            new Thread(() -> finish(reason), "bookie-stop").start();
        }
    }

    /** Bookie behaviour, section 11; the registration goes first, so that clients choose other bookies. */
    private void finish(BookieExit reason) {
        try {
            stopThreads();
            parts.metadata()
                    .registry()
                    .unregister(id())
                    .toCompletableFuture()
                    .orTimeout(UNREGISTER_SECONDS_MAX, TimeUnit.SECONDS)
                    .exceptionally(failure -> null)
                    .join();
        } finally {
            BookieStart.closeAll(parts.inClosingOrder());
            ended.complete(reason);
        }
    }

    private void stopThreads() {
        leaving.close();
        housekeeping.shutdownNow();
    }

    /** Stops cleanly and waits for it. Idempotent. */
    @Override
    public void close() {
        end(BookieExit.STOPPED);
        ended.join();
    }

    private BookieServiceInfo service() {
        List<BookieEndpoint> endpoints = new ArrayList<>();
        List<String> extensions =
                parts.config().net().security().tls().isPresent() ? List.of(BookieEndpoint.TLS) : List.of();
        endpoints.add(new BookieEndpoint(
                "bookie", parts.identity().host(), port(), BookieEndpoint.BOOKIE_RPC, List.of(), extensions));
        parts.config()
                .http()
                .ifPresent(http -> endpoints.add(new BookieEndpoint(
                        "httpserver", http.host(), http.port(), BookieEndpoint.HTTP, List.of(), List.of())));
        return new BookieServiceInfo(endpoints, Map.of());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The task reports its own failures.
    private static void repeat(ScheduledExecutorService thread, Runnable task, long intervalMillis) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A periodic task of the bookie failed; it is tried again.", e);
            }
        };
        ifNotStopped(
                () -> thread.scheduleWithFixedDelay(guarded, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS));
    }

    /** A bookie may be told to stop at any moment, also while it starts; its threads take nothing new then. */
    private static void ifNotStopped(Runnable submission) {
        try {
            submission.run();
        } catch (RejectedExecutionException e) {
            LOG.debug("Left out, because the bookie is stopping.");
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static String reasonOf(CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** Storage threads tell; the housekeeping thread acts. */
    private final class Events implements BookieEvents {
        @Override
        public void onFatal(String reason) {
            end(new BookieExit(ExitCode.STORAGE_FAILED, reason));
        }

        @Override
        public void onDiskFull(String reason) {
            LOG.error("The bookie turned read-only: {}", reason);
            change(true);
        }

        @Override
        public void onDiskUsable() {
            change(false);
        }

        private void change(boolean failed) {
            ifNotStopped(() -> housekeeping.execute(() -> {
                mode.set(Reason.NO_SPACE, failed);
                housekeep();
            }));
        }
    }
}
