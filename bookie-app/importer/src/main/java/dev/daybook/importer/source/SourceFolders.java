package dev.daybook.importer.source;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directories of the bookie to import, as its configuration names them: files lie in the {@code current} folder of
 * each. Source: bookie specification, section 1.
 *
 * @param index empty when index files lie with the ledgers
 */
public record SourceFolders(List<Path> journals, List<Path> ledgers, List<Path> index) {
    private static final String CURRENT = "current";

    public SourceFolders {
        journals = List.copyOf(journals);
        ledgers = List.copyOf(ledgers);
        index = List.copyOf(index);
        if (journals.isEmpty() || ledgers.isEmpty()) {
            throw new IllegalArgumentException("a bookie has at least one journal and one ledger directory");
        }
    }

    static Path current(Path folder) {
        return folder.resolve(CURRENT);
    }

    List<Path> effectiveIndex() {
        return index.isEmpty() ? ledgers : index;
    }

    /** Every directory once. */
    public List<Path> all() {
        return Stream.of(journals, ledgers, index)
                .flatMap(List::stream)
                .map(path -> path.toAbsolutePath().normalize())
                .distinct()
                .toList();
    }
}
