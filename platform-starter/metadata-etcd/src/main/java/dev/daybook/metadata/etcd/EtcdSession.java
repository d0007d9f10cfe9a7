package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to etcd. Owns two daemon threads: the loop, on which answers arrive and all state of this package
 * changes, and the one that calls listeners, so that a slow listener delays nothing.
 */
final class EtcdSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdSession.class);
    private static final long CLOSE_MILLIS_MAX = 2_000;

    private final MetadataUri uri;
    private final MetadataTimeouts timeouts;
    private final ScheduledThreadPoolExecutor loop;
    private final ExecutorService deliveries;
    private final Endpoints endpoints;
    private final SessionLease lease;
    private final WatchStream watches;
    private final Set<EtcdCall<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private EtcdSession(MetadataUri uri, MetadataTimeouts timeouts) {
        this.uri = uri;
        this.timeouts = timeouts;
        this.loop = new ScheduledThreadPoolExecutor(
                1, task -> daemon(task, "daybook-metadata"), new ThreadPoolExecutor.DiscardPolicy());
        this.loop.setRemoveOnCancelPolicy(true);
        this.deliveries = Executors.newSingleThreadExecutor(task -> daemon(task, "daybook-metadata-listener"));
        this.endpoints = new Endpoints(uri.hosts(), loop);
        this.lease = new SessionLease(this, timeouts.session());
        this.watches = new WatchStream(this);
    }

    /** Prepares connections; nothing is awaited and nothing is sent yet. */
    static EtcdSession open(MetadataUri uri, MetadataTimeouts timeouts) {
        return new EtcdSession(uri, timeouts);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    MetadataUri uri() {
        return uri;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    SessionLease lease() {
        return lease;
    }

    WatchStream watches() {
        return watches;
    }

    /** The result of opening something, within the connect timeout; closes the session unless that succeeds. */
    <T> T orClose(Supplier<CompletableFuture<T>> task) {
        boolean succeeded = false;
        try {
            T result = task.get().get(timeouts.connect().toMillis(), TimeUnit.MILLISECONDS);
            succeeded = true;
            return result;
        } catch (TimeoutException e) {
            throw new LedgerException(Reason.METADATA_UNAVAILABLE, silence(timeouts.connect(), ""), e);
        } catch (ExecutionException e) {
            throw failureOf(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(
                    Reason.TIMEOUT, "Connecting to the metadata service " + uri + " was interrupted.", e);
        } finally {
            if (!succeeded) {
                close();
            }
        }
    }

    /** Performs an operation within the operation timeout, across lost connections and failed members. */
    <T> CompletableFuture<EtcdReply<T>> call(EtcdCall.Request<T> request) {
        return call(request, timeouts.operation().toMillis());
    }

    <T> CompletableFuture<EtcdReply<T>> call(EtcdCall.Request<T> request, long timeoutMillis) {
        EtcdCall<T> call = new EtcdCall<>(this, request, timeoutMillis);
        pending.add(call);
        observe(call.result(), (reply, failure) -> pending.remove(call));
        if (closed) {
            call.fail(closedFailure());
        } else {
            onLoop(call::attempt);
        }
        return call.result();
    }

    /** Runs a task on the loop; dropped after closing. */
    void onLoop(Runnable task) {
        loop.execute(guarded(task));
    }

    /** Runs a task on the loop after a while; dropped after closing. */
    void later(long delayMillis, Runnable task) {
        Future<?> unused = loop.schedule(guarded(task), delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Calls a listener, one call after the other; dropped after closing. */
    void deliver(Runnable call) {
        try {
            deliveries.execute(guarded(() -> {
                if (!closed) {
                    call.run();
                }
            }));
        } catch (RejectedExecutionException e) {
            LOG.debug("A delivery was dropped, because the store is closed.", e);
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task of the metadata store failed.", e);
            }
        };
    }

    /** Tells how a future ended. The derived future is of no use: the consumer fails nobody. */
    @SuppressWarnings("FutureReturnValueIgnored") // The outcome goes to the consumer, which is all that is wanted.
    static <T> void observe(CompletableFuture<T> future, BiConsumer<? super T, ? super @Nullable Throwable> consumer) {
        future.whenComplete(consumer);
    }

    /** The failure of a call whose deadline passed, with the reason of its last attempt. */
    LedgerException unanswered(Status last) {
        String description = last.getDescription() == null ? last.getCode().name() : last.getDescription();
        return new LedgerException(
                Reason.METADATA_UNAVAILABLE, silence(timeouts.operation(), " (" + description + ")"));
    }

    private String silence(Duration waited, String why) {
        String within = waited.toMillis() % 1_000 == 0 ? waited.toSeconds() + " s" : waited.toMillis() + " ms";
        return "The metadata service " + uri + " did not answer within " + within + why
                + "; check that it runs and that daybook.metadata-uri names it.";
    }

    /** The client's exception for whatever ended a stage of this package. */
    LedgerException failureOf(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof LedgerException failure) {
            return failure;
        }
        if (cause instanceof EtcdRefusal) {
            return new LedgerException(
                    Reason.METADATA_UNAVAILABLE,
                    "The metadata service " + uri + " refused an operation (" + cause.getMessage()
                            + "); check its state and permissions.",
                    cause);
        }
        LOG.error("An operation on the metadata failed in an unforeseen way.", cause);
        return new LedgerException(
                Reason.METADATA_UNAVAILABLE,
                "An operation on the metadata service " + uri + " failed in an unforeseen way (" + cause
                        + "); see the log.");
    }

    /** The same outcome, with the client's exception for whatever failed. */
    <T> CompletableFuture<T> withPublicFailures(CompletableFuture<T> stage) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        observe(stage, (value, failure) -> {
            if (failure == null) {
                outcome.complete(value);
            } else {
                outcome.completeExceptionally(failureOf(failure));
            }
        });
        return outcome;
    }

    private LedgerException closedFailure() {
        return new LedgerException(
                Reason.CLIENT_CLOSED, "The connection to the metadata service " + uri + " has been closed.");
    }

    /** Ends the lease, so that the service forgets registrations and locks at once. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        pending.forEach(call -> call.fail(closedFailure()));
        deliveries.shutdown();
        lease.revoke(CLOSE_MILLIS_MAX);
        endpoints.close();
        loop.shutdownNow();
    }
}
