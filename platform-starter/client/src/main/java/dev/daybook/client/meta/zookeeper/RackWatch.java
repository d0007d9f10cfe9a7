package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.session.Stages;
import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the node in which a cluster keeps where its bookies stand. It lies outside the root, where other clients of
 * the cluster look for it. All state belongs to the session's loop.
 *
 * <p>The first read always ends in a delivery, of nothing if need be: new ledgers wait for it. After that, what cannot be
 * read changes nothing.
 */
final class RackWatch implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(RackWatch.class);
    private static final String PATH = "/bookies";
    private static final long RETRY_MILLIS = 5_000;
    private static final byte[] EMPTY = {};

    private final ZooKeeperSession session;
    private final Consumer<Map<BookieId, String>> listener;
    private final Watcher watcher = this::onEvent;
    private final Runnable reread = this::read;
    private volatile boolean closed;

    private Optional<Map<BookieId, String>> told = Optional.empty();
    private boolean reading;
    private boolean again;

    RackWatch(ZooKeeperSession session, Consumer<Map<BookieId, String>> listener) {
        this.session = session;
        this.listener = listener;
    }

    RackWatch start() {
        session.onNewSession(reread);
        session.loop().execute(reread);
        return this;
    }

    private void onEvent(WatchedEvent event) {
        if (event.getType() != Watcher.Event.EventType.None) {
            session.loop().execute(reread);
        }
    }

    private void read() {
        if (closed) {
            return;
        }
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        again = false;
        Stages.observe(
                session.<byte[]>call((zooKeeper, answer) -> zooKeeper.getData(
                        PATH,
                        watcher,
                        (code, asked, unused, bytes, stat) -> answer.accept(code, bytes == null ? EMPTY : bytes),
                        null)),
                (reply, failure) -> session.loop().execute(() -> onRead(reply, failure)));
    }

    private void onRead(@Nullable Reply<byte[]> reply, @Nullable Throwable failure) {
        reading = false;
        if (reply != null && reply.ok()) {
            tell(reply.get());
        } else if (reply != null && reply.code() == Code.NONODE) {
            tell(EMPTY);
            awaitCreation();
        } else {
            LOG.debug("reading {} failed, trying again", PATH, failure);
            if (told.isEmpty()) {
                tell(EMPTY);
            }
            session.loop().later(RETRY_MILLIS, reread);
        }
        if (again) {
            read();
        }
    }

    private void tell(byte[] json) {
        Map<BookieId, String> locations;
        try {
            locations = RackMapping.parse(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "the network locations in {} are not JSON, {}; the last known ones stay in use",
                    PATH,
                    e.getMessage());
            locations = told.orElse(Map.of());
        }
        if (!told.equals(Optional.of(locations))) {
            Map<BookieId, String> present = Map.copyOf(locations);
            told = Optional.of(present);
            session.loop().deliver(() -> {
                if (!closed) {
                    listener.accept(present);
                }
            });
        }
    }

    /** A watch on a node that does not exist has to be set in another way. */
    private void awaitCreation() {
        Stages.observe(
                session.<Boolean>call((zooKeeper, answer) -> zooKeeper.exists(
                        PATH, watcher, (code, asked, unused, stat) -> answer.accept(code, stat != null), null)),
                (reply, failure) -> session.loop().execute(() -> {
                    if (reply == null) {
                        session.loop().later(RETRY_MILLIS, reread);
                    } else if (reply.code() != Code.NONODE) {
                        read();
                    }
                }));
    }

    @Override
    public void close() {
        closed = true;
        session.removeNewSessionListener(reread);
    }
}
