package dev.daybook.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every run as a line of JSON, written as soon as it is over: a comparison that is cut short is not lost. */
final class RunLog {
    private final Path file;

    RunLog(Path file) {
        this.file = file;
    }

    void add(Run run) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("row", run.row());
        line.put("subject", run.subject());
        line.put("number", run.number());
        line.put("otherCores", run.otherCores());
        line.put("calm", run.isCalm());
        line.put("values", new TreeMap<>(run.values()));
        try {
            Files.writeString(
                    file,
                    JsonMapper.shared().writeValueAsString(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Run> read(Path file) {
        List<Run> runs = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode node = JsonMapper.shared().readTree(line);
                runs.add(new Run(
                        node.get("row").asString(),
                        node.get("subject").asString(),
                        node.get("number").asInt(),
                        node.get("otherCores").asDouble(),
                        numbers(node.get("values"))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runs;
    }

    /** The numbers among the members of an object. */
    static Map<String, Double> numbers(JsonNode object) {
        Map<String, Double> numbers = new TreeMap<>();
        object.properties().forEach(member -> {
            if (member.getValue().isNumber()) {
                numbers.put(member.getKey(), member.getValue().asDouble());
            }
        });
        return numbers;
    }
}
