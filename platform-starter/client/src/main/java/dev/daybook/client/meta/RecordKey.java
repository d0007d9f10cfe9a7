package dev.daybook.client.meta;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names a record. Keys are ordered by namespace, then by the UTF-8 bytes of the name.
 *
 * @param namespace the kind of record: 1 to 32 lower case letters, digits and hyphens
 * @param name 1 to 255 bytes in UTF-8; any characters but control characters, slashes have no meaning
 */
public record RecordKey(String namespace, String name) implements Comparable<RecordKey> {
    public static final int NAME_BYTES_MAX = 255;

    public RecordKey {
        if (!namespace.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException(
                    "\"" + namespace + "\" is no namespace of records: 1 to 32 of a-z, 0-9 and - are");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a name has 1 to " + NAME_BYTES_MAX + " bytes, \"" + name + "\" has " + bytes);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name has no control characters: \"" + name + "\"");
        }
    }

    @Override
    public int compareTo(RecordKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : compareNames(name, other.name);
    }

    /** Orders names as every store does: by the UTF-8 bytes. */
    public static int compareNames(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return namespace + ":" + name;
    }
}
