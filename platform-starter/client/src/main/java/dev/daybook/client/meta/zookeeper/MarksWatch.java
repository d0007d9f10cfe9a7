package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.WorkNews;
import dev.daybook.client.meta.session.Stages;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that marks or locks may have changed: one watch for the whole subtree, however many ledgers are marked. What
 * happened while the connection was lost is told when it is back.
 */
final class MarksWatch implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(MarksWatch.class);
    private static final long RETRY_MILLIS = 1_000;

    private final MetadataTree tree;
    private final ZooKeeperSession session;
    private final WorkNews news;
    private final Watcher watcher = this::onEvent;
    private final Runnable rewatch = this::watch;
    private volatile boolean closed;

    MarksWatch(MetadataTree tree, Runnable listener) {
        this.tree = tree;
        this.session = tree.session();
        this.news = new WorkNews(session.loop(), listener);
    }

    MarksWatch start() {
        session.onNewSession(rewatch);
        session.loop().execute(rewatch);
        return this;
    }

    private void watch() {
        if (!closed) {
            Stages.observe(
                    tree.watchSubtree(MetadataTree.UNDER_REPLICATION, watcher),
                    (reply, failure) -> session.loop().execute(() -> onWatching(reply, failure)));
        }
    }

    private void onWatching(@Nullable Reply<String> reply, @Nullable Throwable failure) {
        news.tellSoon();
        if (reply == null || !reply.ok()) {
            LOG.debug("Watching the marks failed ({}), trying again.", reply, failure);
            session.loop().later(RETRY_MILLIS, rewatch);
        }
    }

    private void onEvent(WatchedEvent event) {
        boolean reconnected = event.getType() == EventType.None && event.getState() == KeeperState.SyncConnected;
        if (reconnected || (event.getPath() != null && concernsWork(event.getPath()))) {
            news.tellSoon();
        }
    }

    private boolean concernsWork(String path) {
        String below = path.substring(Math.min(session.uri().root().length(), path.length()));
        return below.startsWith(RepairSkeleton.MARKS) || below.startsWith(RepairSkeleton.LOCKS);
    }

    @Override
    public void close() {
        closed = true;
        news.close();
        session.removeNewSessionListener(rewatch);
        tree.forget(MetadataTree.UNDER_REPLICATION, watcher);
    }
}
