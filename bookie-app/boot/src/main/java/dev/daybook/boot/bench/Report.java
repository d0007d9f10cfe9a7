package dev.daybook.boot.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where results go.
 *
 * @param settings what was asked for, repeated in the JSON
 * @param json file for one JSON object
 */
public record Report(PrintStream out, Map<String, Object> settings, Optional<Path> json) {
    public Report {
        settings = Map.copyOf(settings);
    }

    void line(String text) {
        out.println(text);
    }

    /** @param operation what one latency belongs to */
    void result(BenchResult result, String operation) {
        out.print(result.text(operation));
        out.flush();
        if (json.isPresent()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("settings", settings);
            all.putAll(result.values());
            try {
                Files.writeString(json.get(), JsonMapper.shared().writeValueAsString(all) + "\n");
            } catch (IOException e) {
                throw BenchTarget.wrong("The file of --json cannot be written: " + e + ".");
            }
        }
    }
}
