package dev.daybook.boot.admin;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The forms of the reference's answers: JSON over several lines, a string in quotes, or a plain text. */
final class PlainAnswer {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PlainAnswer() {}

    /** An object, an array or, of a string, the string in quotes. */
    static ResponseEntity<String> json(Object value) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(PRETTY.writeValueAsString(value));
    }

    static ResponseEntity<String> text(int status, String text) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(text);
    }
}
