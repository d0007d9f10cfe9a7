package dev.daybook.storage.journal;

import dev.daybook.storage.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names of journal files. */
final class JournalNames {
    static final String SUFFIX = ".journal";
    private static final String SPARE_SUFFIX = ".spare";
    private static final String UNFINISHED_SUFFIX = ".zeros";
    private static final int DIGITS = 16;

    private JournalNames() {}

    static String of(long generation) {
        return String.format(Locale.ROOT, "%016x", generation) + SUFFIX;
    }

    /** A file that once was the journal file of that generation and may be used again. */
    static String spareOf(long generation) {
        return String.format(Locale.ROOT, "%016x", generation) + SPARE_SUFFIX;
    }

    /** A file that is being filled with zeros to become the journal file of that generation. */
    static String unfinishedOf(long generation) {
        return String.format(Locale.ROOT, "%016x", generation) + UNFINISHED_SUFFIX;
    }

    /** Generations of the journal files present, ascending. */
    static List<Long> generations(Disk disk) throws IOException {
        return numbers(disk, SUFFIX);
    }

    static List<Long> spares(Disk disk) throws IOException {
        return numbers(disk, SPARE_SUFFIX);
    }

    static List<Long> unfinished(Disk disk) throws IOException {
        return numbers(disk, UNFINISHED_SUFFIX);
    }

    private static List<Long> numbers(Disk disk, String suffix) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String name : disk.list()) {
            if (name.endsWith(suffix) && name.length() == DIGITS + suffix.length()) {
                numbers.add(Long.parseUnsignedLong(name.substring(0, DIGITS), 16));
            }
        }
        numbers.sort(null);
        return numbers;
    }
}
