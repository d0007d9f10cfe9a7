package dev.daybook.client.meta;

/** One part of a commit. The value's array must not change any more. */
public sealed interface RecordChange {
    RecordKey key();

    /** Adds a record that must not exist. */
    record Create(RecordKey key, byte[] value) implements RecordChange {
        public Create {
            RecordStore.checkValue(key, value);
        }
    }

    /** Replaces the value of a record that must have this version. */
    record Swap(RecordKey key, byte[] value, long expectedVersion) implements RecordChange {
        public Swap {
            RecordStore.checkValue(key, value);
        }
    }

    /** Removes a record that must have this version. */
    record Delete(RecordKey key, long expectedVersion) implements RecordChange {}
}
