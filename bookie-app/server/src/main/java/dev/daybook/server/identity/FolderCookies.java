package dev.daybook.server.identity;

import dev.daybook.server.disk.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The file {@code VERSION} in the {@code current} folder of each directory. */
public final class FolderCookies {
    private static final String COOKIE_FILE = "VERSION";

    private FolderCookies() {}

    public static Path fileIn(Path folder) {
        return folder.resolve(BookieFolders.CURRENT).resolve(COOKIE_FILE);
    }

    public static void create(Path folder) throws IOException {
        Files.createDirectories(folder.resolve(BookieFolders.CURRENT));
    }

    /** @return empty if there is none */
    public static Optional<byte[]> read(Path folder) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(fileIn(folder)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** No entry at all in {@code current}. */
    public static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve(BookieFolders.CURRENT))) {
            return entries.findAny().isEmpty();
        }
    }

    /** Something besides the cookie. */
    static boolean hasData(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve(BookieFolders.CURRENT))) {
            return entries.anyMatch(entry -> !entry.endsWith(COOKIE_FILE));
        }
    }

    /** Prepared outside of {@code current}: a crash half way must leave that folder empty. */
    public static void write(Path folder, byte[] cookie) throws IOException {
        DurableFile.write(fileIn(folder), cookie, folder.resolve(COOKIE_FILE + ".new"));
        DurableFile.syncFolder(folder);
    }
}
