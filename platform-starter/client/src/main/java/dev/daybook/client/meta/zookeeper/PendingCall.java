package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * One operation until it is answered: sent again whenever the connection or the session is lost, given up at its
 * deadline. Attempts follow one another; only the deadline may cut in, and the future settles who was first.
 */
final class PendingCall<T> {
    /** Sends one attempt. */
    interface Request<T> {
        void send(ZooKeeper zooKeeper, Answer<T> answer);
    }

    /** Receives the answer to an attempt. */
    interface Answer<T> {
        void accept(int code, @Nullable T value);
    }

    /** Nothing was decided by the service; the same request may succeed on another connection or session. */
    private static final Set<Code> LOST = Set.of(
            Code.CONNECTIONLOSS,
            Code.OPERATIONTIMEOUT,
            Code.REQUESTTIMEOUT,
            Code.SESSIONMOVED,
            Code.SESSIONEXPIRED,
            Code.THROTTLEDOP);

    private static final long BACKOFF_MILLIS = 50;
    private static final long BACKOFF_MILLIS_MAX = 1_000;

    private final ZooKeeperSession session;
    private final Request<T> request;
    private final CompletableFuture<Reply<T>> result = new CompletableFuture<>();
    private volatile boolean repeated;
    private volatile long backoffMillis = BACKOFF_MILLIS;
    private volatile @Nullable Future<?> deadline;

    PendingCall(ZooKeeperSession session, Request<T> request) {
        this.session = session;
        this.request = request;
    }

    CompletableFuture<Reply<T>> result() {
        return result;
    }

    void start(Future<?> timer) {
        deadline = timer;
        attempt();
    }

    void fail(LedgerException failure) {
        result.completeExceptionally(failure);
    }

    private void attempt() {
        if (!result.isDone()) {
            request.send(session.zooKeeper(), this::onAnswer);
        }
    }

    private void onAnswer(int number, @Nullable T value) {
        Code code = Code.get(number);
        if (LOST.contains(code)) {
            repeated = true;
            session.loop().later(backoffMillis, this::attempt);
            backoffMillis = Math.min(2 * backoffMillis, BACKOFF_MILLIS_MAX);
            return;
        }
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        result.complete(new Reply<>(code, code == Code.OK ? value : null, repeated));
    }
}
