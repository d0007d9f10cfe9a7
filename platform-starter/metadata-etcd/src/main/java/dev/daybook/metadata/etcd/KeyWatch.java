package dev.daybook.metadata.etcd;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.protocol.model.Versioned;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the value of one key. All state belongs to the session's loop. */
final class KeyWatch<T> implements Subscription, RangeWatch.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

    private final EtcdSession session;
    private final String key;
    private final Function<KeyValue, Versioned<T>> parser;
    private final Consumer<Optional<Versioned<T>>> listener;
    private final RangeWatch watch;
    private volatile boolean closed;

    /** Of the last state that was told, also when that was absence; a later state has a later one. */
    private long toldRevision = -1;

    private boolean toldGone;

    private KeyWatch(
            Keyspace keyspace,
            String key,
            Function<KeyValue, Versioned<T>> parser,
            Consumer<Optional<Versioned<T>>> listener) {
        this.session = keyspace.session();
        this.key = key;
        this.parser = parser;
        this.listener = listener;
        this.watch = RangeWatch.ofKey(keyspace, key, this);
    }

    /** @param parser gives the value the revision of its last change as its version, or throws {@link LedgerException} */
    static <T> KeyWatch<T> start(
            Keyspace keyspace,
            String key,
            Function<KeyValue, Versioned<T>> parser,
            Consumer<Optional<Versioned<T>>> listener) {
        KeyWatch<T> started = new KeyWatch<>(keyspace, key, parser, listener);
        started.watch.start();
        return started;
    }

    @Override
    public void onRead(List<KeyValue> entries, long revision) {
        if (entries.isEmpty()) {
            tellGone(revision);
        } else {
            tell(entries.get(0));
        }
    }

    @Override
    public void onEvents(List<Event> events) {
        for (Event event : events) {
            if (event.getType() == Event.EventType.DELETE) {
                tellGone(event.getKv().getModRevision());
            } else {
                tell(event.getKv());
            }
        }
    }

    private void tell(KeyValue entry) {
        if (entry.getModRevision() <= toldRevision) {
            return;
        }
        try {
            Versioned<T> record = parser.apply(entry);
            toldRevision = record.version();
            toldGone = false;
            deliver(Optional.of(record));
        } catch (LedgerException e) {
            LOG.warn("A change of {} is not delivered. {}", key, e.getMessage());
        }
    }

    private void tellGone(long revision) {
        if (!toldGone && revision > toldRevision) {
            toldGone = true;
            toldRevision = revision;
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

    @Override
    public void close() {
        closed = true;
        watch.close();
    }
}
