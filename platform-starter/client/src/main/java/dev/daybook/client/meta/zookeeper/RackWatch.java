package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.LocationNews;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.session.Stages;
import dev.daybook.protocol.model.BookieId;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the {@link RackNode}. All state belongs to the session's loop. */
final class RackWatch implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(RackWatch.class);
    private static final long RETRY_MILLIS = 5_000;
    private static final byte[] EMPTY = {};

    private final ZooKeeperSession session;
    private final LocationNews news;
    private final Watcher watcher = this::onEvent;
    private final Runnable reread = this::read;
    private volatile boolean closed;

    private boolean reading;
    private boolean again;

    RackWatch(ZooKeeperSession session, Consumer<Map<BookieId, String>> listener) {
        this.session = session;
        this.news = new LocationNews(
                RackNode.PATH,
                locations -> session.loop().deliver(() -> {
                    if (!closed) {
                        listener.accept(locations);
                    }
                }));
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
                        RackNode.PATH,
                        watcher,
                        (code, asked, unused, bytes, stat) -> answer.accept(code, bytes == null ? EMPTY : bytes),
                        null)),
                (reply, failure) -> session.loop().execute(() -> onRead(reply, failure)));
    }

    private void onRead(@Nullable Reply<byte[]> reply, @Nullable Throwable failure) {
        reading = false;
        if (reply != null && reply.ok()) {
            news.onStored(reply.get());
        } else if (reply != null && reply.code() == Code.NONODE) {
            news.onNothing();
            awaitCreation();
        } else {
            LOG.debug("reading {} failed, trying again", RackNode.PATH, failure);
            news.onFailure();
            session.loop().later(RETRY_MILLIS, reread);
        }
        if (again) {
            read();
        }
    }

    /** A watch on a node that does not exist has to be set in another way. */
    private void awaitCreation() {
        Stages.observe(
                session.<Boolean>call((zooKeeper, answer) -> zooKeeper.exists(
                        RackNode.PATH,
                        watcher,
                        (code, asked, unused, stat) -> answer.accept(code, stat != null),
                        null)),
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
