package dev.daybook.server.identity;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bookie's configured folders. Files lie in the {@code current} folder of each.
 *
 * @param index absent when index files lie with the ledgers
 */
public record BookieFolders(List<Path> journal, List<Path> ledger, Optional<List<Path>> index) {
    static final String CURRENT = "current";

    public BookieFolders {
        journal = absolute(journal);
        ledger = absolute(ledger);
        index = index.map(BookieFolders::absolute);
    }

    /** The usual layout below one data folder. */
    public static BookieFolders below(Path dataFolder) {
        return new BookieFolders(
                List.of(dataFolder.resolve("journal")), List.of(dataFolder.resolve("ledgers")), Optional.empty());
    }

    /** Every folder once, in a fixed order. */
    public List<Path> all() {
        return Stream.of(journal, ledger, index.orElse(List.of()))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Cookies name folders by their text, so a bookie started from another working directory must name them alike. */
    private static List<Path> absolute(List<Path> paths) {
        return paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    }
}
