package dev.daybook.server.journal;

import dev.daybook.storage.journal.NextFile;
import java.io.IOException;
import java.util.Optional;

/** Where a journal that is full gets the file to go on in. */
@FunctionalInterface
public interface NextFiles {
    /**
     * Waits until there is one; what was acknowledged is on disk, and the rest waits as well.
     *
     * @return empty if the bookie stops before that
     * @throws IOException if the directory failed
     */
    Optional<NextFile> take() throws IOException;
}
