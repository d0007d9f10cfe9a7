package dev.daybook.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Things of one kind, however many: printed as they come, as columns for a person or as a JSON object per line. Widths of
 * columns are those of the rows so far, so nothing is held back but one page.
 */
final class Listing implements AutoCloseable {
    private static final int PAGE_ROWS = 200;

    private final OutputOptions output;
    private final String type;
    private final List<String> names;
    private final TextTable table = new TextTable();
    private int waiting;

    /** @param names of the facts that have a column, which is titled by the name */
    Listing(OutputOptions output, String type, String... names) {
        this.output = output;
        this.type = type;
        this.names = List.of(names);
        if (!output.json()) {
            table.row((Object[]) names);
            waiting++;
        }
    }

    void add(Map<String, Object> facts) {
        if (output.json()) {
            JsonText.printLine(type, facts);
            return;
        }
        List<Object> cells = new ArrayList<>();
        for (String name : names) {
            Object value = facts.getOrDefault(name, "-");
            cells.add(value instanceof List<?> list ? String.join(",", texts(list)) : value);
        }
        table.row(cells.toArray());
        waiting++;
        if (waiting >= PAGE_ROWS) {
            flush();
        }
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private void flush() {
        table.print(System.out);
        System.out.flush();
        waiting = 0;
    }

    @Override
    public void close() {
        flush();
    }
}
