package dev.daybook.protocol.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recorded bytes and decisions of the peer. */
final class MetadataVectors {
    private static final JsonMapper JSON = new JsonMapper();

    /** Every recorded state of a metadata tree. */
    static final List<String> TREES = List.of(
            "01-after-initnewcluster",
            "02-bookies-registered",
            "03-ledgers-created",
            "03b-after-deleting-two-ledgers",
            "04-one-bookie-readonly",
            "05-autorecovery-running",
            "06-bookie2-lost",
            "07-after-replacement",
            "08-autorecovery-disabled",
            "09-after-graceful-stop",
            "10-longhierarchical-63bit-ids",
            "11-flat",
            "12-after-metaformat",
            "13-embedded-autorecovery");

    private MetadataVectors() {}

    static JsonNode read(String name) {
        return resource("/vectors-metadata/" + name);
    }

    static JsonNode resource(String path) {
        try (InputStream in = Objects.requireNonNull(MetadataVectors.class.getResourceAsStream(path), path)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).asString());
    }

    static boolean has(JsonNode node, String field) {
        return node.has(field) && !node.get(field).isNull();
    }

    static List<String> strings(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asString()));
        return texts;
    }
}
