package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.session.SeenBookies;
import dev.daybook.client.meta.session.Stages;
import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows which bookies are registered. State changes on the session's loop. Source: metadata specification, section 7.2.
 */
final class BookieMembership {
    private static final Logger LOG = LoggerFactory.getLogger(BookieMembership.class);
    private static final long RETRY_MILLIS = 1_000;

    private final MetadataTree tree;
    private final ZooKeeperSession session;
    private final Mode writable = new Mode(MetadataTree.AVAILABLE);
    private final Mode readOnly = new Mode(MetadataTree.READ_ONLY);
    private final SeenBookies seen;

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
        this.seen = new SeenBookies(session.loop());
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

    SeenBookies seen() {
        return seen;
    }

    private void publish() {
        seen.onSeen(new BookieSnapshot(writable.bookies, readOnly.bookies));
    }
}
