package dev.daybook.metrics.micrometer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One value for each constant of an enum, made once, found without hashing. Unlike an enum map it has no gaps, so
 * looking up cannot fail.
 */
final class EnumTable<K extends Enum<K>, V> {
    private final List<V> values;

    EnumTable(Class<K> type, Function<K, V> value) {
        List<V> made = new ArrayList<>();
        for (K key : type.getEnumConstants()) {
            made.add(value.apply(key));
        }
        values = List.copyOf(made);
    }

    @SuppressWarnings("EnumOrdinal") // The index never leaves this class, so reordering the enum is harmless.
    V of(K key) {
        return values.get(key.ordinal());
    }
}
