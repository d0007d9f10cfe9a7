package dev.daybook.core.quorum;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Test vectors that were produced by running the peer. */
final class Vectors {
    private Vectors() {}

    static JsonNode load(String name) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            return JsonMapper.builder()
                    .build()
                    .readTree(Objects.requireNonNull(in, name))
                    .get("vectors");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
