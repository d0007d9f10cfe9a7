package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.session.Opening;
import dev.daybook.client.meta.session.SessionFailures;
import dev.daybook.client.meta.session.SessionLoop;
import dev.daybook.client.meta.session.Stages;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to etcd. Answers arrive on its loop, to which all state of this package belongs.
 */
final class EtcdSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdSession.class);
    private static final long CLOSE_MILLIS_MAX = 2_000;

    private final MetadataUri uri;
    private final MetadataTimeouts timeouts;
    private final SessionFailures failures;
    private final SessionLoop loop;
    private final Endpoints endpoints;
    private final SessionLease lease;
    private final WatchStream watches;
    private final Set<EtcdCall<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private EtcdSession(MetadataAccess access) {
        this.uri = access.uri();
        this.timeouts = access.timeouts();
        this.failures = new SessionFailures(access);
        this.loop = new SessionLoop();
        this.endpoints = endpoints(access);
        this.lease = new SessionLease(this, timeouts.session());
        this.watches = new WatchStream(this);
    }

    /** Prepares connections; nothing is awaited and nothing is sent yet. */
    static EtcdSession open(MetadataAccess access) {
        return new EtcdSession(access);
    }

    private Endpoints endpoints(MetadataAccess access) {
        try {
            return new Endpoints(uri.hosts(), access.security(), loop);
        } catch (IllegalArgumentException e) {
            loop.end();
            throw new LedgerException(Reason.BAD_ARGUMENT, e.getMessage() + ".", e);
        }
    }

    MetadataUri uri() {
        return uri;
    }

    SessionLoop loop() {
        return loop;
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
        return new Opening(timeouts.connect(), failures, this::failureOf).orClose(task, this::close);
    }

    /** Performs an operation within the operation timeout, across lost connections and failed members. */
    <T> CompletableFuture<EtcdReply<T>> call(EtcdCall.Request<T> request) {
        return call(request, timeouts.operation().toMillis());
    }

    <T> CompletableFuture<EtcdReply<T>> call(EtcdCall.Request<T> request, long timeoutMillis) {
        EtcdCall<T> call = new EtcdCall<>(this, request, timeoutMillis);
        pending.add(call);
        Stages.observe(call.result(), (reply, failure) -> pending.remove(call));
        if (closed) {
            call.fail(failures.closed());
        } else {
            loop.execute(call::attempt);
        }
        return call.result();
    }

    /** The failure of a call whose deadline passed, with the reason of its last attempt. */
    LedgerException unanswered(Status last) {
        String description = last.getDescription() == null ? last.getCode().name() : last.getDescription();
        return failures.unanswered(timeouts.operation(), " (" + description + ")");
    }

    /** The client's exception for whatever ended a stage of this package. */
    LedgerException failureOf(@Nullable Throwable thrown) {
        Throwable cause = Stages.causeOf(thrown);
        if (cause instanceof LedgerException failure) {
            return failure;
        }
        if (cause instanceof EtcdRefusal) {
            return new LedgerException(
                    Reason.METADATA_UNAVAILABLE,
                    "The metadata service " + uri + " refused an operation (" + cause.getMessage()
                            + "); check its state, and the permissions of daybook.metadata.username.",
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
        Stages.observe(stage, (value, failure) -> {
            if (failure == null) {
                outcome.complete(value);
            } else {
                outcome.completeExceptionally(failureOf(failure));
            }
        });
        return outcome;
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
        pending.forEach(call -> call.fail(failures.closed()));
        loop.endDeliveries();
        lease.revoke(CLOSE_MILLIS_MAX);
        endpoints.close();
        loop.end();
    }
}
