package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders of a bookie as they were at one moment, to be brought back after it has been stopped: a crash. */
final class FolderImage {
    private final Path folder;
    private final Path image;

    private FolderImage(Path folder, Path image) {
        this.folder = folder;
        this.image = image;
    }

    /** @param image must not exist */
    static FolderImage take(Path folder, Path image) throws IOException {
        copy(folder, image);
        return new FolderImage(folder, image);
    }

    /** Brings everything back but what was lost, and forgets it. */
    void restoreWithout(String... lost) throws IOException {
        delete(folder);
        copy(image, folder);
        delete(image);
        for (String name : lost) {
            delete(folder.resolve(name));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                copyIfThere(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to);
        } catch (NoSuchFileException e) {
            assertThat(from).doesNotExist(); // A running bookie has removed it meanwhile.
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }
}
