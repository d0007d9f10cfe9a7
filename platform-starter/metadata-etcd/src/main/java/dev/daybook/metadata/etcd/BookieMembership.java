package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.session.SeenBookies;
import dev.daybook.protocol.model.BookieId;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Follows which bookies are registered. State changes on the session's loop. */
final class BookieMembership implements RangeWatch.Listener {
    private final EtcdKeys keys;
    private final RangeWatch watch;
    private final CompletableFuture<Void> firstRead = new CompletableFuture<>();
    private final SortedSet<BookieId> writable = new TreeSet<>();
    private final SortedSet<BookieId> readOnly = new TreeSet<>();
    private final SeenBookies seen;

    BookieMembership(Keyspace keyspace) {
        this.seen = new SeenBookies(keyspace.session().loop());
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

    SeenBookies seen() {
        return seen;
    }

    private void publish() {
        seen.onSeen(new BookieSnapshot(List.copyOf(writable), List.copyOf(readOnly)));
    }
}
