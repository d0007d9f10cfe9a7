package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.session.Stages;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one node: reads it with a watch, again when the watch fires, and again in each new session, which knows
 * nothing of old watches. All state belongs to the session's loop.
 */
final class NodeWatch<T> implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);
    private static final long RETRY_MILLIS = 200;

    private final MetadataTree tree;
    private final ZooKeeperSession session;
    private final String path;
    private final Function<MetadataTree.Node, Versioned<T>> parser;
    private final Consumer<Optional<Versioned<T>>> listener;
    private final Watcher watcher = this::onEvent;
    private final Runnable reread = this::read;
    private volatile boolean closed;

    private boolean reading;
    /** Something happened while reading: what is being read may be old already. */
    private boolean again;

    private boolean toldGone;
    private long toldVersion = -1;
    /** Tells the states of a node apart that was deleted and created again. */
    private long toldCreation = -1;

    /** @param parser throws LedgerException for what it cannot read; such a state is not delivered */
    NodeWatch(
            MetadataTree tree,
            String path,
            Function<MetadataTree.Node, Versioned<T>> parser,
            Consumer<Optional<Versioned<T>>> listener) {
        this.tree = tree;
        this.session = tree.session();
        this.path = path;
        this.parser = parser;
        this.listener = listener;
    }

    NodeWatch<T> start() {
        session.onNewSession(reread);
        session.loop().execute(this::read);
        return this;
    }

    private void onEvent(WatchedEvent event) {
        if (event.getType() != Watcher.Event.EventType.None) {
            session.loop().execute(this::read);
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
                tree.get(path, watcher), (reply, failure) -> session.loop().execute(() -> onRead(reply, failure)));
    }

    private void onRead(@Nullable Reply<MetadataTree.Node> reply, @Nullable Throwable failure) {
        reading = false;
        if (reply != null && reply.ok()) {
            tell(reply.get());
        } else if (reply != null && reply.code() == Code.NONODE) {
            tellGone();
            awaitCreation();
            return;
        } else {
            LOG.debug("Reading {} failed, trying again.", path, failure);
            session.loop().later(RETRY_MILLIS, this::read);
        }
        if (again) {
            read();
        }
    }

    private void tell(MetadataTree.Node node) {
        long creation = node.stat().getCzxid();
        if (closed || (creation == toldCreation && node.stat().getVersion() <= toldVersion)) {
            return;
        }
        try {
            Versioned<T> record = parser.apply(node);
            toldCreation = creation;
            toldVersion = node.stat().getVersion();
            toldGone = false;
            deliver(Optional.of(record));
        } catch (LedgerException e) {
            LOG.warn("A change of {} is not delivered. {}", path, e.getMessage());
        }
    }

    private void tellGone() {
        if (!closed && !toldGone) {
            toldGone = true;
            deliver(Optional.empty());
        }
    }

    private void deliver(Optional<Versioned<T>> record) {
        session.loop().deliver(() -> {
            if (!closed) {
                listener.accept(record);
            }
        });
    }

    /** A watch on a node that does not exist has to be set in another way. */
    private void awaitCreation() {
        Stages.observe(
                tree.exists(path, watcher),
                (reply, failure) -> session.loop().execute(() -> {
                    if (reply == null || reply.code() != Code.NONODE || again) {
                        read();
                    }
                }));
    }

    @Override
    public void close() {
        closed = true;
        session.removeNewSessionListener(reread);
        tree.forget(path, watcher);
    }
}
