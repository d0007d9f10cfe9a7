package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.session.SessionFailures;
import dev.daybook.client.meta.session.SessionLoop;
import dev.daybook.client.meta.session.Stages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to ZooKeeper across the sessions it needs: when one expires the next is opened, for ever. All state of
 * this package belongs to its loop.
 */
final class ZooKeeperSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperSession.class);
    private static final long REOPEN_MILLIS = 1_000;
    private static final long CLOSE_MILLIS_MAX = 2_000;

    private final MetadataUri uri;
    private final int sessionTimeoutMillis;
    private final Duration operationTimeout;
    private final SessionSecurity security;
    private final SessionFailures failures;
    private final SessionLoop loop;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final List<Runnable> newSessionListeners = new CopyOnWriteArrayList<>();
    private final Set<PendingCall<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile ZooKeeper zooKeeper;
    private volatile boolean online;
    private volatile boolean closed;

    /** Belongs to the loop: whether the present session was announced to listeners. */
    private boolean announced;

    private ZooKeeperSession(MetadataAccess access, SessionSecurity security) throws IOException {
        this.uri = access.uri();
        this.sessionTimeoutMillis = Math.toIntExact(access.timeouts().session().toMillis());
        this.operationTimeout = access.timeouts().operation();
        this.security = security;
        this.zooKeeper = connect();
        this.failures = new SessionFailures(access);
        this.loop = new SessionLoop();
    }

    /** Begins to connect; nothing is awaited. */
    static ZooKeeperSession open(MetadataAccess access) {
        SessionSecurity security = secured(access);
        try {
            ZooKeeperSession session = new ZooKeeperSession(access, security);
            session.listenTo(session.zooKeeper);
            return session;
        } catch (IOException | IllegalArgumentException e) {
            security.close();
            throw new LedgerException(
                    Reason.BAD_ARGUMENT,
                    "The hosts of the metadata service " + access.uri()
                            + " cannot be used; check daybook.metadata-uri.",
                    e);
        }
    }

    private static SessionSecurity secured(MetadataAccess access) {
        try {
            return new SessionSecurity(access.security());
        } catch (IllegalArgumentException e) {
            throw new LedgerException(Reason.BAD_ARGUMENT, e.getMessage() + ".", e);
        }
    }

    private ZooKeeper connect() throws IOException {
        ZooKeeper session = new ZooKeeper(
                String.join(",", uri.hosts()), sessionTimeoutMillis, event -> {}, false, security.config());
        security.logIn(session);
        return session;
    }

    /** Events of a session that has been replaced are dropped: its watcher remembers which session it belongs to. */
    private void listenTo(ZooKeeper source) {
        source.register(event -> {
            if (event.getPath() == null) {
                loop.execute(() -> onState(source, event.getState()));
            }
        });
        // The connection may have been made before the watcher was in place.
        loop.execute(() -> {
            if (source.getState().isConnected()) {
                onState(source, KeeperState.SyncConnected);
            }
        });
    }

    private void onState(ZooKeeper source, KeeperState state) {
        if (source != zooKeeper || closed) {
            return;
        }
        switch (state) {
            case SyncConnected -> onConnected();
            case Expired -> reopen();
            case Disconnected, AuthFailed, Closed -> online = false;
            default -> LOG.debug("The session with {} is {}.", uri, state);
        }
    }

    private void onConnected() {
        online = true;
        if (!announced) {
            announced = true;
            if (!connected.complete(null)) {
                newSessionListeners.forEach(Runnable::run);
            }
        }
    }

    private void reopen() {
        online = false;
        announced = false;
        LOG.warn("The session with the metadata service {} expired; opening a new one.", uri);
        try {
            replaceSession();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Opening a new session with {} failed, trying again.", uri, e);
            loop.later(REOPEN_MILLIS, this::reopen);
        }
    }

    private synchronized void replaceSession() throws IOException {
        if (!closed) {
            zooKeeper = connect();
            listenTo(zooKeeper);
        }
    }

    MetadataUri uri() {
        return uri;
    }

    SessionSecurity security() {
        return security;
    }

    SessionLoop loop() {
        return loop;
    }

    SessionFailures failures() {
        return failures;
    }

    /** The present session's handle. An operation on an expired one fails and is repeated by its call. */
    ZooKeeper zooKeeper() {
        return zooKeeper;
    }

    /** Whether the service answered last time anything was heard of it. */
    boolean online() {
        return online;
    }

    /** Completes when the first session is established. */
    CompletableFuture<Void> connected() {
        return connected;
    }

    /** Runs on the loop after each replacement of a lost session. */
    void onNewSession(Runnable listener) {
        newSessionListeners.add(listener);
    }

    void removeNewSessionListener(Runnable listener) {
        newSessionListeners.remove(listener);
    }

    /** Performs an operation within the operation timeout, across lost connections and sessions. */
    <T> CompletableFuture<Reply<T>> call(PendingCall.Request<T> request) {
        PendingCall<T> call = new PendingCall<>(this, request);
        pending.add(call);
        Stages.observe(call.result(), (reply, failure) -> pending.remove(call));
        if (closed) {
            call.fail(failures.closed());
            return call.result();
        }
        call.start(loop.timer(operationTimeout.toMillis(), () -> call.fail(failures.unanswered(operationTimeout))));
        return call.result();
    }

    /** Ends the session, so that the service forgets its registrations at once. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        pending.forEach(call -> call.fail(failures.closed()));
        loop.end();
        Thread closing = SessionLoop.daemon(this::closeHandle, "daybook-metadata-close");
        closing.start();
        try {
            closing.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Telling the service may take long when it is gone, which is why a daemon does it. */
    private void closeHandle() {
        try {
            boolean ended = zooKeeper.close((int) CLOSE_MILLIS_MAX);
            if (!ended) {
                LOG.debug("The threads of the session with {} end later.", uri);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        security.close();
    }
}
