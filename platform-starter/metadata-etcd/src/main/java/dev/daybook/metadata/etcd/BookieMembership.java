package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.protocol.model.BookieId;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Follows which bookies are registered. While the service is away the last known lists stay in use, because bookies are
 * contacted directly. State changes on the session's loop.
 */
final class BookieMembership implements RangeWatch.Listener {
    private final EtcdSession session;
    private final EtcdKeys keys;
    private final RangeWatch watch;
    private final CompletableFuture<Void> firstRead = new CompletableFuture<>();
    private final List<Consumer<BookieSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final SortedSet<BookieId> writable = new TreeSet<>();
    private final SortedSet<BookieId> readOnly = new TreeSet<>();
    private volatile BookieSnapshot snapshot = new BookieSnapshot(List.of(), List.of());

    BookieMembership(Keyspace keyspace) {
        this.session = keyspace.session();
        this.keys = keyspace.keys();
        this.watch = RangeWatch.ofPrefix(keyspace, keys.registrations(), this);
    }

    /** Completes when the registrations have been read for the first time. */
    CompletableFuture<Void> start() {
        watch.start();
        return firstRead;
    }

    @Override
    public void onRead(List<KeyValue> entries, long revision) {
        writable.clear();
        readOnly.clear();
        entries.forEach(entry -> change(Keyspace.text(entry), true));
        publish();
        firstRead.complete(null);
    }

    @Override
    public void onEvents(List<Event> events) {
        events.forEach(event -> change(Keyspace.text(event.getKv()), event.getType() != Event.EventType.DELETE));
        publish();
    }

    private void change(String key, boolean present) {
        change(writable, keys.registrations(false), key, present);
        change(readOnly, keys.registrations(true), key, present);
    }

    private static void change(Set<BookieId> bookies, String prefix, String key, boolean present) {
        if (!key.startsWith(prefix) || !BookieId.isValid(key.substring(prefix.length()))) {
            return;
        }
        BookieId bookie = new BookieId(key.substring(prefix.length()));
        if (present) {
            bookies.add(bookie);
        } else {
            bookies.remove(bookie);
        }
    }

    private void publish() {
        BookieSnapshot present = new BookieSnapshot(List.copyOf(writable), List.copyOf(readOnly));
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
