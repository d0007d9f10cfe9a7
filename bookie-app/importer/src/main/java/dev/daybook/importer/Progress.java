package dev.daybook.importer;

import dev.daybook.server.disk.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How far an unfinished import has come: everything up to a place is durable in the new folders. The file lies beside
 * {@code current} and is deleted when the import is complete.
 *
 * @param source fingerprint of what is imported
 * @param unit storage unit of the last entry
 * @param ledgerId -1 if nothing is durable yet
 * @param entryId last one of the ledger that is durable
 */
record Progress(String source, int unit, long ledgerId, long entryId) {
    private static final String FILE = "import.state";
    private static final String DONE_FILE = "import.done";
    private static final String TITLE = "An import into this folder is not complete; run it again to continue.";
    private static final int LINES = 3;

    static Progress start(String source) {
        return new Progress(source, 0, -1, -1);
    }

    static Optional<Progress> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() != LINES || !lines.get(2).matches("\\d{1,9} -?\\d{1,19} -?\\d{1,19}")) {
            throw new ImportRefused(
                    "The file " + file + " is damaged; empty the new bookie's folders and import again.");
        }
        String[] place = lines.get(2).split(" ", -1);
        return Optional.of(new Progress(
                lines.get(1), Integer.parseInt(place[0]), Long.parseLong(place[1]), Long.parseLong(place[2])));
    }

    void write(Path folder) throws IOException {
        String text = TITLE + "\n" + source + "\n" + unit + " " + ledgerId + " " + entryId + "\n";
        DurableFile.write(folder.resolve(FILE), text.getBytes(StandardCharsets.UTF_8), folder.resolve(FILE + ".new"));
    }

    /** The import is complete. What it was made from stays known, for a later run to compare. */
    void finish(Path folder) throws IOException {
        DurableFile.write(
                folder.resolve(DONE_FILE),
                (source + "\n").getBytes(StandardCharsets.UTF_8),
                folder.resolve(DONE_FILE + ".new"));
        Files.deleteIfExists(folder.resolve(FILE));
        DurableFile.syncFolder(folder);
    }

    /** Fingerprint of what a complete import was made from. */
    static Optional<String> finishedSource(Path folder) throws IOException {
        Path file = folder.resolve(DONE_FILE);
        return Files.exists(file)
                ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    /** Whether the whole ledger lies before this place. */
    boolean isBehind(int otherUnit, long otherLedgerId) {
        return unit > otherUnit || (unit == otherUnit && ledgerId > otherLedgerId);
    }

    /** The first entry of the ledger that is not known to be durable. */
    long firstMissing(int otherUnit, long otherLedgerId) {
        return unit == otherUnit && ledgerId == otherLedgerId ? entryId + 1 : 0;
    }
}
