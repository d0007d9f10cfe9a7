package dev.daybook.boot.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Columns for people: numbers to the right, everything else to the left. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private final List<Boolean> numeric = new ArrayList<>();

    void row(Object... cells) {
        List<String> row = Arrays.stream(cells).map(String::valueOf).collect(Collectors.toList());
        for (int i = 0; i < row.size(); i++) {
            if (widths.size() <= i) {
                widths.add(0);
                numeric.add(false);
            }
            widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            numeric.set(i, numeric.get(i) || cells[i] instanceof Number);
        }
        rows.add(row);
    }

    /** Prints the rows since the last time. Widths stay at least as they are. */
    void print(PrintStream out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String padding = " ".repeat(widths.get(i) - cell.length());
                line.append(i == 0 ? "" : "  ").append(numeric.get(i) ? padding + cell : cell + padding);
            }
            out.println(line.toString().stripTrailing());
        }
        rows.clear();
    }
}
