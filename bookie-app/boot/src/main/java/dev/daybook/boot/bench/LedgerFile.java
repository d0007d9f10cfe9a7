package dev.daybook.boot.bench;

import dev.daybook.protocol.model.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ledger ids in a text file, one a line: how a write benchmark tells a read benchmark what it left. */
public final class LedgerFile {
    private LedgerFile() {}

    public static List<LedgerId> read(Path file) {
        List<LedgerId> ids = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    ids.add(new LedgerId(Long.parseLong(line.strip())));
                }
            }
        } catch (IOException e) {
            throw BenchTarget.wrong("The file of ledgers " + file + " cannot be read: " + e + ".");
        } catch (NumberFormatException e) {
            throw BenchTarget.wrong("The file of ledgers " + file + " has a line that is no number: " + e.getMessage());
        }
        return ids;
    }

    static void write(Path file, List<LedgerId> ids) {
        try {
            Files.write(file, ids.stream().map(id -> Long.toString(id.value())).toList());
        } catch (IOException e) {
            throw BenchTarget.wrong("The file of ledgers " + file + " cannot be written: " + e + ".");
        }
    }
}
