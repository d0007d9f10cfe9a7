package dev.daybook.client.meta.memory;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.protocol.model.Versioned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Records in the heap. */
final class InMemoryRecords implements RecordStore {
    private final InMemoryMetadataStore store;
    private final InMemoryCluster cluster;

    InMemoryRecords(InMemoryMetadataStore store, InMemoryCluster cluster) {
        this.store = store;
        this.cluster = cluster;
    }

    @Override
    public CompletionStage<Optional<Versioned<byte[]>>> read(RecordKey key) {
        return store.locked(() -> find(key));
    }

    private Optional<Versioned<byte[]>> find(RecordKey key) {
        return Optional.ofNullable(cluster.records.get(key))
                .map(stored -> new Versioned<>(stored.value().clone(), stored.version()));
    }

    @Override
    public CompletionStage<CommitOutcome> commit(List<RecordChange> changes) {
        RecordStore.checkChanges(changes);
        return store.locked(() -> {
            if (!changes.stream().allMatch(this::fits)) {
                return new CommitOutcome.Conflict();
            }
            Map<RecordKey, Long> versions = new HashMap<>();
            for (RecordChange change : changes) {
                apply(change, versions);
                tell(change.key());
            }
            return new CommitOutcome.Committed(versions);
        });
    }

    private boolean fits(RecordChange change) {
        Versioned<byte[]> stored = cluster.records.get(change.key());
        if (change instanceof RecordChange.Create) {
            return stored == null;
        }
        long expected = change instanceof RecordChange.Swap swap
                ? swap.expectedVersion()
                : ((RecordChange.Delete) change).expectedVersion();
        return stored != null && stored.version() == expected;
    }

    private void apply(RecordChange change, Map<RecordKey, Long> versions) {
        if (change instanceof RecordChange.Create create) {
            put(create.key(), create.value(), versions);
        } else if (change instanceof RecordChange.Swap swap) {
            put(swap.key(), swap.value(), versions);
        } else {
            cluster.records.remove(change.key());
        }
    }

    private void put(RecordKey key, byte[] value, Map<RecordKey, Long> versions) {
        long version = cluster.nextRecordVersion();
        cluster.records.put(key, new Versioned<>(value.clone(), version));
        versions.put(key, version);
    }

    private void tell(RecordKey key) {
        for (InMemoryCluster.RecordListener follower : cluster.recordListeners) {
            if (follower.key().equals(key)) {
                Optional<Versioned<byte[]>> state = find(key);
                cluster.deliveries.add(() -> follower.listener().accept(state));
            }
        }
    }

    @Override
    public CompletionStage<List<String>> list(String namespace, String prefix, Optional<String> after, int limit) {
        return store.locked(() -> cluster.records.keySet().stream()
                .filter(key -> key.namespace().equals(namespace))
                .map(RecordKey::name)
                .filter(name -> name.startsWith(prefix))
                .filter(name -> after.isEmpty() || RecordKey.compareNames(name, after.get()) > 0)
                .limit(Math.max(0, limit))
                .toList());
    }

    @Override
    public Subscription watch(RecordKey key, Consumer<Optional<Versioned<byte[]>>> listener) {
        InMemoryMetadataStore.Silenced<Optional<Versioned<byte[]>>> follower = store.new Silenced<>(listener);
        return store.follow(
                cluster.recordListeners, new InMemoryCluster.RecordListener(key, follower), follower, () -> find(key));
    }
}
