package dev.daybook.client.meta.session;

import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.MetadataStore.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The registered bookies as last seen, and who follows them. While the service is away the last known ones stay in use,
 * because bookies are contacted directly. Changes on the loop; may be looked at from any thread.
 */
public final class SeenBookies {
    private final SessionLoop loop;
    private final List<Consumer<BookieSnapshot>> followers = new CopyOnWriteArrayList<>();
    private volatile BookieSnapshot snapshot = new BookieSnapshot(List.of(), List.of());

    public SeenBookies(SessionLoop loop) {
        this.loop = loop;
    }

    public BookieSnapshot snapshot() {
        return snapshot;
    }

    /** To be called on the loop. */
    public void onSeen(BookieSnapshot present) {
        if (!present.equals(snapshot)) {
            snapshot = present;
            followers.forEach(follower -> loop.deliver(() -> follower.accept(present)));
        }
    }

    /** Tells the present state and then every change. */
    public Subscription watch(Consumer<BookieSnapshot> listener) {
        Follower follower = new Follower(listener);
        loop.execute(() -> {
            BookieSnapshot present = snapshot;
            followers.add(follower);
            loop.deliver(() -> follower.accept(present));
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
                followers.remove(this);
            } else {
                listener.accept(present);
            }
        }

        @Override
        public void close() {
            closed = true;
            followers.remove(this);
        }
    }
}
