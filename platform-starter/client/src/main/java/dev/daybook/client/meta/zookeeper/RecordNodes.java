package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.protocol.model.Versioned;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a record lies in the tree and how its bytes look. Source: FORMAT.md of this module, section 1.
 *
 * <p>ZooKeeper counts the changes of a node from 0 whenever it is created, so its number alone would come back. Each
 * record therefore has a birth mark: four random bytes before its value, which also name the node's only child. A swap
 * demands both the number and the child.
 */
final class RecordNodes {
    static final String ROOT = "/daybook";

    private static final int BUCKETS = 256;
    private static final int BIRTH_BYTES = 4;

    /** Written as they are in node names. */
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    /** A data version takes 31 bits. */
    private static final int VERSION_BITS = 31;

    private RecordNodes() {}

    static String namespacePath(String namespace) {
        return ROOT + "/" + namespace;
    }

    /** A directory with all names would outgrow the largest answer of ZooKeeper. */
    static String bucketPath(RecordKey key) {
        int bucket = 0;
        for (byte b : key.name().getBytes(StandardCharsets.UTF_8)) {
            bucket = (31 * bucket + b) & (BUCKETS - 1);
        }
        return namespacePath(key.namespace()) + "/" + HexFormat.of().toHexDigits((byte) bucket);
    }

    static String path(RecordKey key) {
        return bucketPath(key) + "/" + encode(key.name());
    }

    static String birthPath(RecordKey key, int birth) {
        return path(key) + "/" + HexFormat.of().toHexDigits(birth);
    }

    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = PLAIN.indexOf((char) b) >= 0;
            if (plain) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** Empty if the text is not an encoded name: somebody else's node. */
    static Optional<String> decode(String encoded) {
        if (!encoded.matches("(?:[A-Za-z0-9_-]|%[0-9A-F]{2})+")) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int at = 0; at < encoded.length(); at++) {
            if (encoded.charAt(at) == '%') {
                bytes.put((byte) HexFormat.fromHexDigits(encoded, at + 1, at + 3));
                at += 2;
            } else {
                bytes.put((byte) encoded.charAt(at));
            }
        }
        return Optional.of(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
    }

    static byte[] bytes(int birth, byte[] value) {
        return ByteBuffer.allocate(BIRTH_BYTES + value.length)
                .putInt(birth)
                .put(value)
                .array();
    }

    static Versioned<byte[]> parse(RecordKey key, MetadataTree.Node node) {
        if (node.bytes().length < BIRTH_BYTES) {
            throw new LedgerException(
                    Reason.METADATA_CORRUPT,
                    "Record " + key + " has " + node.bytes().length + " bytes, fewer than any record; it was not"
                            + " written by Daybook.");
        }
        byte[] value = Arrays.copyOfRange(node.bytes(), BIRTH_BYTES, node.bytes().length);
        return new Versioned<>(
                value,
                version(ByteBuffer.wrap(node.bytes()).getInt(), node.stat().getVersion()));
    }

    static long version(int birth, int dataVersion) {
        return ((birth & 0xFFFF_FFFFL) << VERSION_BITS) | dataVersion;
    }

    static int birthOf(long version) {
        return (int) (version >>> VERSION_BITS);
    }

    static int dataVersionOf(long version) {
        return (int) (version & Integer.MAX_VALUE);
    }
}
