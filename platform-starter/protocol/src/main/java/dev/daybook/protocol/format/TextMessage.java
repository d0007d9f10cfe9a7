package dev.daybook.protocol.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message parsed from the protobuf text format, not yet matched to a schema. Of a field that is not repeated the last
 * occurrence counts; fields nobody asks for are ignored.
 */
final class TextMessage {
    /** What stands behind a field name. */
    sealed interface Value {}

    /** A number or the name of an enum value, as written. */
    record Word(String text) implements Value {}

    /** A quoted string with its escapes resolved. */
    record Quoted(byte[] bytes) implements Value {}

    /** A message in braces or angle brackets. */
    record Nested(TextMessage message) implements Value {}

    private record Field(String name, Value value) {}

    private final List<Field> fields = new ArrayList<>();

    void add(String name, Value value) {
        fields.add(new Field(name, value));
    }

    OptionalLong number(String name) {
        Optional<String> word = word(name);
        if (word.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.decode(word.get()));
        } catch (NumberFormatException e) {
            throw new MalformedMetadataException(
                    "The field " + name + " must be a number, found \"" + word.get() + "\".", e);
        }
    }

    Optional<String> word(String name) {
        return last(name).map(value -> {
            if (value instanceof Word word) {
                return word.text();
            }
            throw wrongShape(name, "a number or a name");
        });
    }

    Optional<byte[]> bytes(String name) {
        return last(name).map(value -> quoted(name, value));
    }

    Optional<String> string(String name) {
        return bytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    List<String> strings(String name) {
        return all(name).stream()
                .map(value -> new String(quoted(name, value), StandardCharsets.UTF_8))
                .toList();
    }

    List<TextMessage> messages(String name) {
        return all(name).stream().map(value -> nested(name, value)).toList();
    }

    private static byte[] quoted(String name, Value value) {
        if (value instanceof Quoted quoted) {
            return quoted.bytes();
        }
        throw wrongShape(name, "a quoted string");
    }

    private static TextMessage nested(String name, Value value) {
        if (value instanceof Nested nested) {
            return nested.message();
        }
        throw wrongShape(name, "a message in braces");
    }

    private List<Value> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    private Optional<Value> last(String name) {
        List<Value> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private static MalformedMetadataException wrongShape(String name, String expected) {
        return new MalformedMetadataException("The field " + name + " must be " + expected + ".");
    }
}
