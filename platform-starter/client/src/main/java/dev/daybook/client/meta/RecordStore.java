package dev.daybook.client.meta;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Small versioned values beside the ledgers' records: where names, logs and the like are kept. Thread-safe. A version
 * stands for one state of one record for ever: it never comes back, not even when the record is deleted and created
 * again. Nothing else is promised of its number. Stages fail as those of {@link MetadataStore} do.
 */
public interface RecordStore {
    /** Every metadata service takes values of this size; larger ones do not belong there. */
    int VALUE_BYTES_MAX = 900_000;

    /** Changes in one commit, so that every metadata service can take it at once. */
    int CHANGES_MAX = 16;

    /** @return empty if there is no such record; the array belongs to the receiver */
    CompletionStage<Optional<Versioned<byte[]>>> read(RecordKey key);

    /**
     * Does all of the changes or none, at one moment.
     *
     * @param changes 1 to {@link #CHANGES_MAX}, of different keys
     */
    CompletionStage<CommitOutcome> commit(List<RecordChange> changes);

    /**
     * Names in a namespace that begin with the prefix and come after {@code after}, in the order of
     * {@link RecordKey#compareNames}, at most {@code limit}. An empty list is the end.
     */
    CompletionStage<List<String>> list(String namespace, String prefix, Optional<String> after, int limit);

    /**
     * Delivers the record now and after changes, and empty when there is none, also across session loss, until the
     * subscription is closed. States that did not last may be left out; the order is kept. Calls come one at a time.
     */
    Subscription watch(RecordKey key, Consumer<Optional<Versioned<byte[]>>> listener);

    /** The ways a commit ends. */
    sealed interface CommitOutcome {
        /** @param versions of the records that were created or swapped */
        record Committed(Map<RecordKey, Long> versions) implements CommitOutcome {
            public Committed {
                versions = Map.copyOf(versions);
            }
        }

        /** A record exists that should not, is gone, or has another version: nothing was changed. */
        record Conflict() implements CommitOutcome {}

        /** The connection was lost after sending: read again and compare. */
        record Unknown() implements CommitOutcome {}
    }

    /** Fails unless a commit may consist of these changes: every store calls it first. */
    static void checkChanges(List<RecordChange> changes) {
        if (changes.isEmpty() || changes.size() > CHANGES_MAX) {
            throw new IllegalArgumentException("a commit has 1 to " + CHANGES_MAX + " changes, not " + changes.size());
        }
        if (changes.stream().map(RecordChange::key).distinct().count() != changes.size()) {
            throw new IllegalArgumentException("a commit changes each record once: " + changes);
        }
    }

    static void checkValue(RecordKey key, byte[] value) {
        if (value.length > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the value of record " + key + " has " + value.length + " bytes, more than " + VALUE_BYTES_MAX);
        }
    }
}
