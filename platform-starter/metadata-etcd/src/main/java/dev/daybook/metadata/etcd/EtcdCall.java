package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One operation until it is answered: sent again, to the next member, whenever no answer comes; given up at its deadline.
 * Belongs to the session's loop.
 */
final class EtcdCall<T> {
    /** Sends one attempt, which the deadline ends at both sides. */
    interface Request<T> {
        void send(ManagedChannel channel, Deadline deadline, StreamObserver<T> answer);
    }

    /** The service decided nothing, or nobody knows what it decided; the same request may succeed the next time. */
    private static final Set<Status.Code> LOST = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.CANCELLED,
            Status.Code.ABORTED,
            Status.Code.INTERNAL,
            Status.Code.UNKNOWN,
            Status.Code.RESOURCE_EXHAUSTED);

    private static final long BACKOFF_MILLIS = 50;
    private static final long BACKOFF_MILLIS_MAX = 1_000;

    /** A member that hangs is given up after this part of the time, so that another one can be asked. */
    private static final int ATTEMPTS_WITHIN_DEADLINE = 3;

    private final EtcdSession session;
    private final Request<T> request;
    private final Deadline deadline;
    private final long attemptMillisMax;
    private final CompletableFuture<EtcdReply<T>> result = new CompletableFuture<>();
    private boolean repeated;
    private long backoffMillis = BACKOFF_MILLIS;

    EtcdCall(EtcdSession session, Request<T> request, long timeoutMillis) {
        this.session = session;
        this.request = request;
        this.deadline = Deadline.after(timeoutMillis, TimeUnit.MILLISECONDS);
        this.attemptMillisMax = Math.max(1, timeoutMillis / ATTEMPTS_WITHIN_DEADLINE);
    }

    CompletableFuture<EtcdReply<T>> result() {
        return result;
    }

    void fail(LedgerException failure) {
        result.completeExceptionally(failure);
    }

    void attempt() {
        if (result.isDone()) {
            return;
        }
        ManagedChannel channel = session.endpoints().current();
        Deadline attempt = deadline.minimum(Deadline.after(attemptMillisMax, TimeUnit.MILLISECONDS));
        request.send(channel, attempt, new Answer(channel));
    }

    /** Receives the answer to one attempt. */
    private final class Answer implements StreamObserver<T> {
        private final ManagedChannel channel;
        private @Nullable T value;

        Answer(ManagedChannel channel) {
            this.channel = channel;
        }

        @Override
        public void onNext(T received) {
            value = received;
        }

        @Override
        public void onError(Throwable failure) {
            onFailure(channel, Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            T received = value;
            if (received == null) {
                onFailure(channel, Status.UNAVAILABLE.withDescription("the answer was empty"));
            } else {
                result.complete(new EtcdReply<>(received, repeated));
            }
        }
    }

    private void onFailure(ManagedChannel channel, Status status) {
        boolean loginIsOver = session.endpoints().loginIsOver(channel, status);
        if (!loginIsOver && !LOST.contains(status.getCode())) {
            result.completeExceptionally(new EtcdRefusal(status));
            return;
        }
        if (!loginIsOver) {
            session.endpoints().failed(channel);
            repeated = true;
        }
        if (deadline.timeRemaining(TimeUnit.MILLISECONDS) <= backoffMillis) {
            session.loop()
                    .later(
                            Math.max(0, deadline.timeRemaining(TimeUnit.MILLISECONDS)),
                            () -> fail(session.unanswered(status)));
            return;
        }
        session.loop().later(backoffMillis, this::attempt);
        backoffMillis = Math.min(2 * backoffMillis, BACKOFF_MILLIS_MAX);
    }
}
