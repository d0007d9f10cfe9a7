package dev.daybook.metadata.etcd;

import com.google.protobuf.ByteString;
import dev.daybook.client.meta.session.Stages;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a key or a range of keys: reads it, then hears of every later change. When the watch is lost, with the
 * connection or because the service has compacted what it had to tell, this begins again with reading, so that nothing
 * that lasts is missed. All state belongs to the session's loop.
 */
final class RangeWatch implements WatchStream.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(RangeWatch.class);
    private static final long RETRY_MILLIS = 200;

    /** What the owner is told, on the session's loop. */
    interface Listener {
        /** Everything that the range holds now. */
        void onRead(List<KeyValue> entries, long revision);

        /** What changed since, in order. */
        void onEvents(List<Event> events);
    }

    private final Keyspace keyspace;
    private final EtcdSession session;
    private final ByteString begin;
    private final ByteString end;
    private final boolean changesOnly;
    private final Listener listener;
    private boolean closed;

    private RangeWatch(Keyspace keyspace, ByteString begin, ByteString end, boolean changesOnly, Listener listener) {
        this.keyspace = keyspace;
        this.session = keyspace.session();
        this.begin = begin;
        this.end = end;
        this.changesOnly = changesOnly;
        this.listener = listener;
    }

    static RangeWatch ofKey(Keyspace keyspace, String key, Listener listener) {
        return new RangeWatch(keyspace, Keyspace.bytes(key), ByteString.EMPTY, false, listener);
    }

    /** Follows all keys that begin with the prefix. */
    static RangeWatch ofPrefix(Keyspace keyspace, String prefix, Listener listener) {
        return new RangeWatch(keyspace, Keyspace.bytes(prefix), Keyspace.endOf(prefix), false, listener);
    }

    /** Tells that keys that begin with the prefix have changed; what is read first comes without the keys. */
    static RangeWatch ofChangesBelow(Keyspace keyspace, String prefix, Listener listener) {
        return new RangeWatch(keyspace, Keyspace.bytes(prefix), Keyspace.endOf(prefix), true, listener);
    }

    void start() {
        session.loop().execute(this::read);
    }

    void close() {
        session.loop().execute(() -> {
            closed = true;
            session.watches().cancel(this);
        });
    }

    private void read() {
        if (closed) {
            return;
        }
        RangeRequest request = RangeRequest.newBuilder()
                .setKey(begin)
                .setRangeEnd(end)
                .setCountOnly(changesOnly)
                .build();
        Stages.observe(
                keyspace.range(request),
                (response, failure) -> session.loop().execute(() -> onRead(response, failure)));
    }

    private void onRead(@Nullable RangeResponse response, @Nullable Throwable failure) {
        if (closed) {
            return;
        }
        if (response == null) {
            LOG.debug("Reading what is watched failed, trying again.", failure);
            session.loop().later(RETRY_MILLIS, this::read);
            return;
        }
        long revision = response.getHeader().getRevision();
        listener.onRead(response.getKvsList(), revision);
        session.watches()
                .open(
                        this,
                        WatchCreateRequest.newBuilder()
                                .setKey(begin)
                                .setRangeEnd(end)
                                .setStartRevision(revision + 1)
                                .build());
    }

    @Override
    public void onEvents(WatchResponse response) {
        if (!closed) {
            listener.onEvents(response.getEventsList());
        }
    }

    @Override
    public void onWatchLost() {
        if (!closed) {
            session.loop().later(RETRY_MILLIS, this::read);
        }
    }
}
