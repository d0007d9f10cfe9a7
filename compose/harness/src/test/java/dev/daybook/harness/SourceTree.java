package dev.daybook.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the files that a user has are: the tests run in the folder of their module or in the root. */
final class SourceTree {
    private SourceTree() {}

    static Path root() {
        Path candidate = Path.of("").toAbsolutePath();
        while (!Files.exists(candidate.resolve("mvnw"))) {
            candidate = Objects.requireNonNull(candidate.getParent(), "not inside the source tree");
        }
        return candidate;
    }
}
