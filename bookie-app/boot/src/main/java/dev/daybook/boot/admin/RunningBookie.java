package dev.daybook.boot.admin;

import dev.daybook.server.BookieServer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The bookie whose operators are served. */
public interface RunningBookie {
    /** Empty while it starts or stops. */
    Optional<BookieServer> running();

    /** @throws BookieAway while it starts or stops */
    default BookieServer required() {
        return running().orElseThrow(BookieAway::new);
    }

    /** Waits for the metadata service; the failure is the one of the stage. */
    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** The bookie starts or stops at this moment. */
    final class BookieAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BookieAway() {
            super("The bookie starts or stops at this moment: try again.");
        }
    }
}
