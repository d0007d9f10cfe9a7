package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.session.Stages;
import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows which bookies are registered. While the service is away the last known lists stay in use, because bookies
 * are contacted directly. State changes on the session's loop. Source: metadata specification, section 7.2.
 */
final class BookieMembership {
    private static final Logger LOG = LoggerFactory.getLogger(BookieMembership.class);
    private static final long RETRY_MILLIS = 1_000;

    private final MetadataTree tree;
    private final ZooKeeperSession session;
    private final Mode writable = new Mode(MetadataTree.AVAILABLE);
    private final Mode readOnly = new Mode(MetadataTree.READ_ONLY);
    private final List<Consumer<BookieSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private volatile BookieSnapshot snapshot = new BookieSnapshot(List.of(), List.of());

    /** The bookies of one mode: the children of one node. */
    private final class Mode {
        private final String path;
        private final Watcher watcher = this::onEvent;
        private final CompletableFuture<Void> firstRead = new CompletableFuture<>();
        private List<BookieId> bookies = List.of();
        private boolean reading;
        private boolean again;

        Mode(String path) {
            this.path = path;
        }

        private void onEvent(WatchedEvent event) {
            if (event.getType() != Watcher.Event.EventType.None) {
                session.loop().execute(this::read);
            }
        }

        void read() {
            if (reading) {
                again = true;
                return;
            }
            reading = true;
            again = false;
            Stages.observe(
                    tree.children(path, watcher),
                    (reply, failure) -> session.loop().execute(() -> onRead(reply, failure)));
        }

        private void onRead(@Nullable Reply<List<String>> reply, @Nullable Throwable failure) {
            reading = false;
            if (reply != null && reply.ok()) {
                bookies = reply.get().stream()
                        .filter(BookieId::isValid)
                        .map(BookieId::new)
                        .sorted()
                        .toList();
                publish();
            } else {
                if (reply != null && reply.code() == Code.NONODE) {
                    bookies = List.of();
                    publish();
                }
                LOG.debug("Reading {} failed, trying again.", path, failure);
                session.loop().later(RETRY_MILLIS, this::read);
            }
            if (failure == null) {
                firstRead.complete(null);
            } else {
                firstRead.completeExceptionally(failure);
            }
            if (again) {
                read();
            }
        }
    }

    BookieMembership(MetadataTree tree) {
        this.tree = tree;
        this.session = tree.session();
    }

    /** Completes when both lists have been read for the first time. */
    CompletableFuture<Void> start() {
        session.onNewSession(this::readBoth);
        session.loop().execute(this::readBoth);
        return CompletableFuture.allOf(writable.firstRead, readOnly.firstRead);
    }

    private void readBoth() {
        writable.read();
        readOnly.read();
    }

    private void publish() {
        BookieSnapshot present = new BookieSnapshot(writable.bookies, readOnly.bookies);
        if (!present.equals(snapshot)) {
            snapshot = present;
            listeners.forEach(listener -> session.loop().deliver(() -> listener.accept(present)));
        }
    }

    BookieSnapshot snapshot() {
        return snapshot;
    }

    Subscription watch(Consumer<BookieSnapshot> listener) {
        Follower follower = new Follower(listener);
        session.loop().execute(() -> {
            BookieSnapshot present = snapshot;
            listeners.add(follower);
            session.loop().deliver(() -> follower.accept(present));
        });
        return follower;
    }

    /** A listener that can be silenced, also between a change and its delivery. */
    private final class Follower implements Consumer<BookieSnapshot>, Subscription {
        private final Consumer<BookieSnapshot> listener;
        private volatile boolean closed;

        Follower(Consumer<BookieSnapshot> listener) {
            this.listener = listener;
        }

        @Override
        public void accept(BookieSnapshot present) {
            if (closed) {
                listeners.remove(this);
            } else {
                listener.accept(present);
            }
        }

        @Override
        public void close() {
            closed = true;
            listeners.remove(this);
        }
    }
}
