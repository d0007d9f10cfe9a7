package dev.daybook.protocol.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Parses the protobuf text format as liberally as its usual parsers do. It works on bytes, because quoted strings may
 * hold any. Source of the syntax: metadata specification, section 11.3.
 */
final class TextParser {
    /** Deeper than any message here nests; bounds the recursion that hostile text could cause. */
    private static final int DEPTH_MAX = 32;

    private static final int END = -1;

    private final byte[] text;
    private int position;

    private TextParser(byte[] text, int position) {
        this.text = text;
        this.position = position;
    }

    static TextMessage parse(byte[] text, int from) {
        return new TextParser(text, from).message(END, 0);
    }

    private TextMessage message(int terminator, int depth) {
        if (depth > DEPTH_MAX) {
            throw malformed("its messages nest too deeply");
        }
        TextMessage message = new TextMessage();
        while (peek() != terminator) {
            field(message, depth);
        }
        if (terminator != END) {
            position++;
        }
        return message;
    }

    private void field(TextMessage message, int depth) {
        String name = peek() == '[' ? bracketedName() : word("a field name");
        boolean colon = accept(':');
        if (peek() == '[') {
            list(message, name, depth);
        } else {
            message.add(name, value(colon, depth));
        }
        if (!accept(',')) {
            accept(';');
        }
    }

    private String bracketedName() {
        int from = position;
        while (peek() != ']') {
            if (peek() == END) {
                throw malformed("a name in brackets does not end");
            }
            position++;
        }
        position++;
        return new String(text, from, position - from, StandardCharsets.ISO_8859_1);
    }

    private void list(TextMessage message, String name, int depth) {
        position++;
        if (accept(']')) {
            return;
        }
        do {
            message.add(name, value(true, depth));
        } while (accept(','));
        if (!accept(']')) {
            throw malformed("the list of " + name + " does not end");
        }
    }

    private TextMessage.Value value(boolean colon, int depth) {
        int next = peek();
        if (next == '{' || next == '<') {
            position++;
            return new TextMessage.Nested(message(next == '{' ? '}' : '>', depth + 1));
        }
        if (!colon) {
            throw malformed("a colon is missing at byte " + position);
        }
        return next == '"' || next == '\'' ? new TextMessage.Quoted(strings()) : new TextMessage.Word(scalar());
    }

    private String scalar() {
        boolean negative = accept('-');
        String word = word("a value");
        return negative ? "-" + word : word;
    }

    private String word(String expected) {
        peek();
        int from = position;
        while (position < text.length && isWordByte(text[position])) {
            position++;
        }
        if (from == position) {
            throw malformed(expected + " is missing at byte " + position);
        }
        return new String(text, from, position - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isWordByte(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_'
                || b == '.'
                || b == '+';
    }

    /** Neighbouring strings are one string. */
    private byte[] strings() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        do {
            string(out);
        } while (peek() == '"' || peek() == '\'');
        return out.toByteArray();
    }

    private void string(ByteArrayOutputStream out) {
        byte quote = text[position++];
        while (true) {
            if (position >= text.length || text[position] == '\n') {
                throw malformed("a string does not end");
            }
            byte next = text[position++];
            if (next == quote) {
                return;
            }
            if (next == '\\') {
                escape(out);
            } else {
                out.write(next);
            }
        }
    }

    private void escape(ByteArrayOutputStream out) {
        if (position >= text.length) {
            throw malformed("it ends within an escape");
        }
        byte kind = text[position++];
        switch (kind) {
            case 'a' -> out.write(0x07);
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'v' -> out.write(0x0B);
            case '\\', '\'', '"', '?' -> out.write(kind);
            case 'x' -> out.write(digits(16, 1, 2));
            case 'u' -> out.writeBytes(utf8(digits(16, 4, 4)));
            case 'U' -> out.writeBytes(utf8(digits(16, 8, 8)));
            default -> {
                position--;
                int octal = digits(8, 1, 3);
                if (octal > 0xFF) {
                    throw malformed("an octal escape is larger than a byte");
                }
                out.write(octal);
            }
        }
    }

    private int digits(int radix, int atLeast, int atMost) {
        int value = 0;
        int count = 0;
        while (count < atMost && position < text.length && Character.digit(text[position], radix) >= 0) {
            value = value * radix + Character.digit(text[position++], radix);
            count++;
        }
        if (count < atLeast) {
            throw malformed("an escape at byte " + position + " is unknown");
        }
        return value;
    }

    private byte[] utf8(int codePoint) {
        if (!Character.isValidCodePoint(codePoint)) {
            throw malformed("an escape names no character");
        }
        return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    }

    /** The next significant byte, which stays unread; blanks and comments before it are dropped. */
    private int peek() {
        while (position < text.length) {
            byte next = text[position];
            if (next == '#') {
                while (position < text.length && text[position] != '\n') {
                    position++;
                }
            } else if (next == ' ' || (next >= '\t' && next <= '\r')) {
                position++;
            } else {
                return next;
            }
        }
        return END;
    }

    private boolean accept(char symbol) {
        if (peek() != symbol) {
            return false;
        }
        position++;
        return true;
    }

    private static MalformedMetadataException malformed(String why) {
        return new MalformedMetadataException("The text is not in protobuf text format, because " + why + ".");
    }
}
