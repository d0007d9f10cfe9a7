package dev.daybook.boot.command;

import java.util.Map;
import picocli.CommandLine.Option;

/** Whether a person or a program reads. */
final class OutputOptions {
    @Option(names = "--json", description = "One JSON object per line, for programs.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** A line of progress for a person, unless a program reads. */
    ProgressLine progress() {
        return new ProgressLine(json);
    }

    /** One thing with all that is known of it. */
    void show(String type, Map<String, Object> facts) {
        if (json) {
            JsonText.printLine(type, facts);
            return;
        }
        TextTable table = new TextTable();
        facts.forEach((name, value) -> table.row(name, value.toString()));
        table.print(System.out);
    }
}
