package dev.daybook.protocol.format;

import java.nio.charset.StandardCharsets;

/** Writes the protobuf text format byte for byte as the peer's 4.18 line does: one field a line, two blanks a level. */
final class TextWriter {
    private final StringBuilder out = new StringBuilder();
    private String indent = "";

    TextWriter word(String name, String value) {
        out.append(indent).append(name).append(": ").append(value).append('\n');
        return this;
    }

    TextWriter number(String name, long value) {
        return word(name, Long.toString(value));
    }

    TextWriter bytes(String name, byte[] value) {
        out.append(indent).append(name).append(": \"");
        for (byte b : value) {
            escape(b);
        }
        out.append("\"\n");
        return this;
    }

    TextWriter string(String name, String value) {
        return bytes(name, value.getBytes(StandardCharsets.UTF_8));
    }

    TextWriter open(String name) {
        out.append(indent).append(name).append(" {\n");
        indent += "  ";
        return this;
    }

    TextWriter close() {
        indent = indent.substring(2);
        out.append(indent).append("}\n");
        return this;
    }

    /** Everything outside printable ASCII is escaped, so the encoding does not matter. */
    byte[] toBytes() {
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void escape(byte b) {
        switch (b) {
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '"' -> out.append("\\\"");
            case '\'' -> out.append("\\'");
            case '\\' -> out.append("\\\\");
            default -> {
                if (b >= 0x20 && b <= 0x7E) {
                    out.append((char) b);
                } else {
                    out.append('\\')
                            .append((char) ('0' + ((b >> 6) & 3)))
                            .append((char) ('0' + ((b >> 3) & 7)))
                            .append((char) ('0' + (b & 7)));
                }
            }
        }
    }
}
