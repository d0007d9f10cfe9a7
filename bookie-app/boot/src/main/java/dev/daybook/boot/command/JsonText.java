package dev.daybook.boot.command;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** How commands print for programs: JSON on standard output. */
final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonText() {}

    /** One object on a line of its own, which begins with its type. */
    static void printLine(String type, Map<String, Object> facts) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        line.putAll(facts);
        System.out.println(MAPPER.writeValueAsString(line));
    }

    static void print(Object document) {
        System.out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }
}
