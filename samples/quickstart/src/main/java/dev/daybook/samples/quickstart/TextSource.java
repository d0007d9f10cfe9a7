package dev.daybook.samples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Where the text comes from.
 *
 * @param size in bytes, absent when it is not known before the end
 */
record TextSource(String name, InputStream stream, OptionalLong size) implements AutoCloseable {
    private static final String SHIPPED = "/unicode-characters.txt";

    /** @throws IOException with one sentence for the person at the keyboard */
    static TextSource open(String file) throws IOException {
        if (file.isEmpty()) {
            return shipped();
        }
        return file.equals("-") ? standardInput() : file(file);
    }

    private static TextSource standardInput() {
        return new TextSource("standard input", System.in, OptionalLong.empty());
    }

    private static TextSource shipped() throws IOException {
        var connection = Objects.requireNonNull(TextSource.class.getResource(SHIPPED), SHIPPED)
                .openConnection();
        long size = connection.getContentLengthLong();
        return new TextSource(
                "the characters of Unicode",
                connection.getInputStream(),
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size));
    }

    private static TextSource file(String name) throws IOException {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new IOException(name + " is a directory; name a file with --file");
            }
            long size = Files.isRegularFile(path) ? Files.size(path) : -1;
            return new TextSource(
                    name, Files.newInputStream(path), size < 0 ? OptionalLong.empty() : OptionalLong.of(size));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new IOException("there is no file " + name + "; name an existing one with --file", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IOException(name + " may not be read by this user; name another file with --file", e);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
