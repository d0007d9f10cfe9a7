package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.session.Stages;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease on which registrations and locks of this process hang: they go when it is not kept alive. It is taken when
 * it is needed first, and replaced when the service has forgotten it. State belongs to the session's loop.
 */
final class SessionLease {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLease.class);
    private static final int RENEWALS_WITHIN_LIFE = 3;
    private static final long RETRY_MILLIS = 500;

    private final EtcdSession session;
    private final long wantedSeconds;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** The lease, or the attempt to get it; absent before the first use. */
    private @Nullable CompletableFuture<Long> granted;

    private volatile long id;
    private volatile long lifeMillis;
    private boolean lost;

    /** @param life rounded up to whole seconds, which is what leases are counted in */
    SessionLease(EtcdSession session, Duration life) {
        this.session = session;
        this.wantedSeconds = Math.max(1, (life.toMillis() + 999) / 1_000);
        this.lifeMillis = wantedSeconds * 1_000;
    }

    /** The lease's number; 0 while there is none. Whatever carries it is ours. */
    long id() {
        return id;
    }

    /** How long the service waits for us, which may be longer than what was asked for. */
    long lifeMillis() {
        return lifeMillis;
    }

    /** Runs on the loop each time a lost lease has been replaced. */
    void onReplaced(Runnable listener) {
        listeners.add(listener);
    }

    /** A lease to hang keys on. */
    CompletableFuture<Long> get() {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        session.loop()
                .execute(() -> Stages.observe(current(), (lease, failure) -> {
                    if (failure == null) {
                        answer.complete(lease);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        return answer;
    }

    private CompletableFuture<Long> current() {
        CompletableFuture<Long> present = granted;
        if (present == null || present.isCompletedExceptionally()) {
            present = grant();
            granted = present;
        }
        return present;
    }

    /** A lost answer leaves a lease behind that nobody keeps alive. */
    private CompletableFuture<Long> grant() {
        LeaseGrantRequest request =
                LeaseGrantRequest.newBuilder().setTTL(wantedSeconds).build();
        return session.<LeaseGrantResponse>call((channel, deadline, answer) ->
                        LeaseGrpc.newStub(channel).withDeadline(deadline).leaseGrant(request, answer))
                .thenApply(reply -> {
                    onGranted(reply.value());
                    return reply.value().getID();
                });
    }

    private void onGranted(LeaseGrantResponse response) {
        id = response.getID();
        lifeMillis = response.getTTL() * 1_000;
        renewLater(id);
        if (lost) {
            lost = false;
            listeners.forEach(Runnable::run);
        }
    }

    private void renewLater(long lease) {
        session.loop().later(lifeMillis / RENEWALS_WITHIN_LIFE, () -> renew(lease));
    }

    private void renew(long lease) {
        if (lease != id) {
            return;
        }
        Stages.observe(
                session.<LeaseKeepAliveResponse>call(
                        (channel, deadline, answer) -> sendRenewal(lease, channel, deadline, answer), lifeMillis),
                (reply, failure) -> session.loop().execute(() -> onRenewed(lease, reply)));
    }

    /** A stream for one question: a renewal is rare, and so is nothing left over when the connection breaks. */
    private static void sendRenewal(
            long lease, ManagedChannel channel, Deadline deadline, StreamObserver<LeaseKeepAliveResponse> answer) {
        StreamObserver<LeaseKeepAliveRequest> questions =
                LeaseGrpc.newStub(channel).withDeadline(deadline).leaseKeepAlive(answer);
        questions.onNext(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
        questions.onCompleted();
    }

    private void onRenewed(long lease, @Nullable EtcdReply<LeaseKeepAliveResponse> reply) {
        if (reply != null && reply.value().getTTL() <= 0) {
            onLost(lease);
        } else {
            // Without an answer nobody knows: the service says that the lease is gone when it is back, not before.
            renewLater(lease);
        }
    }

    /** The service does not know the lease any more, nor what hung on it. */
    void reportLost(long lease) {
        session.loop().execute(() -> onLost(lease));
    }

    private void onLost(long lease) {
        if (lease == 0 || lease != id) {
            return;
        }
        LOG.warn("The metadata service {} has ended this process's lease; taking a new one.", session.uri());
        id = 0;
        lost = true;
        granted = null;
        replace();
    }

    private void replace() {
        Stages.observe(current(), (lease, failure) -> {
            if (failure != null) {
                session.loop().later(RETRY_MILLIS, this::replace);
            }
        });
    }

    /** Blocks until the service has forgotten the lease, or the limit passes: then it expires. */
    void revoke(long millisMax) {
        long lease = id;
        if (lease == 0) {
            return;
        }
        try {
            var unused = LeaseGrpc.newBlockingStub(session.endpoints().current())
                    .withDeadlineAfter(millisMax, TimeUnit.MILLISECONDS)
                    .leaseRevoke(LeaseRevokeRequest.newBuilder().setID(lease).build());
        } catch (StatusRuntimeException e) {
            LOG.debug("The lease could not be ended; it expires by itself.", e);
        }
    }
}
