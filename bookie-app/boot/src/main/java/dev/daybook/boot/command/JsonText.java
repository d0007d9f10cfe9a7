package dev.daybook.boot.command;

import tools.jackson.databind.json.JsonMapper;

/** How commands print for programs: one JSON document on standard output. */
final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonText() {}

    static void print(Object document) {
        System.out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }
}
