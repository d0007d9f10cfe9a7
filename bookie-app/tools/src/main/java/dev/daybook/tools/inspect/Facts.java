package dev.daybook.tools.inspect;

import java.util.LinkedHashMap;
import java.util.Map;

/** Named values in the order in which they are shown. */
final class Facts {
    private final Map<String, Object> values = new LinkedHashMap<>();

    static Facts of(String name, Object value) {
        return new Facts().with(name, value);
    }

    Facts with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    Facts withIf(boolean shown, String name, Object value) {
        return shown ? with(name, value) : this;
    }

    Map<String, Object> map() {
        return values;
    }
}
