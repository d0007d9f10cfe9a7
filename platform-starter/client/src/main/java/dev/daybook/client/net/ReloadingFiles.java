package dev.daybook.client.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something made from files that may change. Whoever needs it asks each time; at most once per interval the files are
 * looked at, and when one has changed the thing is made anew. Files that cannot be used leave the old one, which the log
 * says once for each state of the files. Thread-safe.
 */
public final class ReloadingFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadingFiles.class);

    /** @param property that names the file, for messages */
    public record NamedFile(String property, Path path) {
        /** For messages. */
        static String list(List<NamedFile> files) {
            return files.stream().map(NamedFile::toString).collect(Collectors.joining(" and "));
        }

        @Override
        public String toString() {
            return path + " (" + property + ")";
        }
    }

    /** A file that was replaced has another key, even if it is as old and as long as the one before. */
    private record State(FileTime modified, long size, Optional<String> key) {}

    private final String what;
    private final List<NamedFile> files;
    private final long intervalNanos;
    private final Supplier<T> maker;
    private T content;
    private List<State> states;
    private @Nullable Object refused;
    private long checkedNanos;

    /**
     * @param what the content as the log shall call it, in the plural
     * @param maker makes it from the files as they are now, or throws an {@link IllegalArgumentException} with one sentence
     * @throws IllegalArgumentException with one sentence that names the property and the file that cannot be used
     */
    public ReloadingFiles(String what, List<NamedFile> files, Duration interval, Supplier<T> maker) {
        this.what = what;
        this.files = List.copyOf(files);
        this.intervalNanos = interval.toNanos();
        this.maker = maker;
        this.states = states();
        this.checkedNanos = System.nanoTime();
        this.content = maker.get();
    }

    /** What the files held when they were last looked at and usable. */
    public synchronized T current() {
        long now = System.nanoTime();
        if (now - checkedNanos >= intervalNanos) {
            checkedNanos = now;
            reload();
        }
        return content;
    }

    /**
     * The state is taken before the content: a change in between is seen the next time. Once the files were seen in another
     * state they are read again in any case, because a file system may give a new file the key of one that was deleted.
     */
    private void reload() {
        Object seen = "";
        try {
            List<State> present = states();
            seen = present;
            boolean sameAsInUse = refused == null && present.equals(states);
            if (sameAsInUse || present.equals(refused)) {
                return;
            }
            content = maker.get();
            states = present;
            refused = null;
            LOG.info("New {} are in use, from {}.", what, NamedFile.list(files));
        } catch (IllegalArgumentException e) {
            if (!seen.equals(refused)) {
                refused = seen;
                LOG.warn("The {} that are in use stay so. {}", what, e.getMessage());
            }
        }
    }

    private List<State> states() {
        List<State> found = new ArrayList<>();
        for (NamedFile file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
                found.add(new State(
                        attributes.lastModifiedTime(),
                        attributes.size(),
                        Optional.ofNullable(attributes.fileKey()).map(Object::toString)));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "The file " + file.path() + " that " + file.property() + " names cannot be read ("
                                + e.getClass().getSimpleName() + ")",
                        e);
            }
        }
        return found;
    }
}
