package dev.daybook.client.meta;

import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes the JSON in which clusters keep where their bookies stand: groups of bookies, each with its rack.
 *
 * <pre>{@code
 * {"default": {"bookie1:3181": {"rack": "/region1/rack1", "hostname": "bookie1.example.com"}}}
 * }</pre>
 *
 * <p>Groups are merged. Members that are not known are passed over, whatever they hold. Done by hand, because a client
 * needs no JSON library for anything else.
 */
public final class LocationMapping {
    private static final int DEPTH_MAX = 32;

    private final String text;
    private int at;

    private LocationMapping(String text) {
        this.text = text;
    }

    /**
     * @return paths as written, by bookie; empty text is no mapping
     * @throws IllegalArgumentException with what is wrong and where
     */
    public static Map<BookieId, String> parse(String text) {
        Map<BookieId, String> locations = new HashMap<>();
        if (text.isBlank()) {
            return locations;
        }
        LocationMapping json = new LocationMapping(text);
        json.object(group -> json.object(bookie -> json.bookie(bookie, locations)));
        json.space();
        if (json.at < text.length()) {
            throw json.malformed("the end");
        }
        return locations;
    }

    /** All bookies in one group, in the order of their names. */
    public static byte[] format(Map<BookieId, String> locations) {
        StringBuilder json = new StringBuilder("{\"default\": {");
        String separator = "";
        for (Map.Entry<BookieId, String> entry : new TreeMap<>(locations).entrySet()) {
            json.append(separator);
            quote(json, entry.getKey().value());
            json.append(": {\"rack\": ");
            quote(json, entry.getValue());
            json.append('}');
            separator = ", ";
        }
        return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '\\') {
                json.append('\\').append(next);
            } else if (next < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) next));
            } else {
                json.append(next);
            }
        }
        json.append('"');
    }

    private void bookie(String name, Map<BookieId, String> locations) {
        object(member -> {
            if (member.equals("rack") && peek() == '"') {
                String rack = string();
                if (BookieId.isValid(name) && !rack.isBlank()) {
                    locations.put(new BookieId(name), rack);
                }
            } else {
                skip(0);
            }
        });
    }

    /** Reads the value that belongs to a name. */
    private interface Member {
        void read(String name);
    }

    private void object(Member member) {
        if (peek() == 'n') {
            skip(0); // A group or a bookie may be null.
            return;
        }
        expect('{');
        if (peek() == '}') {
            at++;
            return;
        }
        do {
            String name = string();
            expect(':');
            member.read(name);
        } while (more('}'));
    }

    /** Behind a value: true at a comma, false at the closing bracket. */
    private boolean more(char closing) {
        char next = peek();
        if (next != ',' && next != closing) {
            throw malformed("',' or '" + closing + "'");
        }
        at++;
        return next == ',';
    }

    private void skip(int depth) {
        char first = peek();
        if (depth > DEPTH_MAX) {
            throw malformed("fewer brackets");
        } else if (first == '"') {
            string();
        } else if (first == '{') {
            object(name -> skip(depth + 1));
        } else if (first == '[') {
            at++;
            if (peek() == ']') {
                at++;
                return;
            }
            do {
                skip(depth + 1);
            } while (more(']'));
        } else {
            word();
        }
    }

    /** A number, true, false or null. */
    private void word() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw malformed("a value");
        }
    }

    private String string() {
        expect('"');
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char next = text.charAt(at++);
            content.append(next == '\\' ? escaped() : next);
        }
        if (at == text.length()) {
            throw malformed("'\"'");
        }
        at++;
        return content.toString();
    }

    private char escaped() {
        if (at == text.length()) {
            throw malformed("an escaped character");
        }
        char next = text.charAt(at++);
        return switch (next) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> next;
        };
    }

    private char unicode() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw malformed("four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(text, at - 4, at, 16);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed("'" + wanted + "'");
        }
        at++;
    }

    private char peek() {
        space();
        if (at == text.length()) {
            throw malformed("more");
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException malformed(String expected) {
        return new IllegalArgumentException("expected " + expected + " at character " + at);
    }
}
