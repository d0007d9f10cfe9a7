package dev.daybook.bench.compare;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things lie.
 *
 * @param root of the source tree
 * @param results of this comparison
 * @param data of bookies and metadata service; it decides which disk is measured, and is emptied
 */
record Paths(Path root, Path results, Path data) {
    Path launcher() {
        return root.resolve("bookie-app/bin/daybook");
    }

    Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The class path that the build resolved for the reference, with its own versions of everything. */
    Path peerFolder() {
        return root.resolve("bookie-app/interop-peer/target");
    }

    static Path root(String property) {
        Path root = Path.of(System.getProperty(property, ".")).toAbsolutePath().normalize();
        if (!Files.exists(root.resolve("bookie-app/bin/daybook"))) {
            throw new IllegalStateException("Not a source tree: " + root + "; start bookie-app/bench/compare.");
        }
        return root;
    }
}
