package dev.daybook.console.view;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text that somebody else wrote. Pages escape it for HTML; this makes it short and visible: control and direction
 * characters, which could make a line read as something else, are spelt out.
 *
 * @param text ready to show
 * @param note what was done to it, empty if nothing
 */
public record Foreign(String text, String note) {
    private static final int CHARS_MAX = 400;
    private static final int HEX_BYTES_MAX = 48;
    private static final Pattern SECRET =
            Pattern.compile("passw|secret|token|credential|api[-_.]?key|private[-_.]?key");

    /** A name or value that arrived as text. */
    public static Foreign text(String given) {
        String visible = visible(given);
        return visible.length() <= CHARS_MAX
                ? new Foreign(visible, "")
                : new Foreign(
                        visible.substring(0, CHARS_MAX) + "…",
                        "shortened, " + Num.count(given.length()).text() + " characters");
    }

    /** A value whose key may say that it is none of the reader's business. */
    public static Foreign value(String key, String value) {
        return isSecret(key) ? hidden() : text(value);
    }

    /** As text if it is text, otherwise in hexadecimal. */
    public static Foreign value(String key, byte[] value) {
        if (isSecret(key)) {
            return hidden();
        }
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            if (decoded.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
                return text(decoded);
            }
        } catch (CharacterCodingException e) {
            return hex(value);
        }
        return hex(value);
    }

    private static Foreign hidden() {
        return new Foreign("", "hidden: the key looks like a secret");
    }

    private static boolean isSecret(String key) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    private static Foreign hex(byte[] value) {
        int shown = Math.min(value.length, HEX_BYTES_MAX);
        String digits = HexFormat.ofDelimiter(" ").formatHex(value, 0, shown);
        return shown == value.length
                ? new Foreign(digits, "bytes")
                : new Foreign(digits + " …", "first " + shown + " bytes");
    }

    private static String visible(String given) {
        StringBuilder out = new StringBuilder();
        given.codePoints().limit(CHARS_MAX + 1L).forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                out.append(c == '\n' ? "⏎" : String.format(Locale.ROOT, "\\u{%x}", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
