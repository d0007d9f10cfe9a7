package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a cookie: the same in the metadata service and in the file {@code VERSION} of each directory. Source:
 * metadata specification, section 8.1.
 */
public final class CookieFormat {
    /** A longer first line is no layout number. */
    private static final int LAYOUT_DIGITS_MAX = 9;

    private CookieFormat() {}

    /** Always writes the present layout, whichever one the cookie was read in. */
    public static byte[] serialize(Cookie cookie) {
        TextWriter body = new TextWriter()
                .string("bookieHost", cookie.bookie().value())
                .string("journalDir", String.join(",", cookie.journalDirs()))
                .string("ledgerDirs", join(cookie.ledgerDirs()));
        cookie.instanceId().ifPresent(id -> body.string("instanceId", id));
        cookie.indexDirs().ifPresent(dirs -> body.string("indexDirs", join(dirs)));
        String text = Cookie.PRESENT_LAYOUT + "\n" + new String(body.toBytes(), StandardCharsets.US_ASCII);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws MalformedMetadataException with one sentence if the bytes are no cookie or one of an obsolete layout */
    public static Cookie parse(byte[] bytes) {
        int lineEnd = 0;
        while (lineEnd < bytes.length && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        String first = new String(bytes, 0, lineEnd, StandardCharsets.UTF_8).strip();
        if (first.length() > LAYOUT_DIGITS_MAX || !first.matches("\\d+")) {
            throw new MalformedMetadataException("The cookie does not begin with its layout number.");
        }
        int layout = Integer.parseInt(first);
        if (layout < Cookie.OLDEST_LAYOUT) {
            throw new MalformedMetadataException("The cookie has the obsolete layout " + layout
                    + "; start the bookie once with a release that can upgrade it.");
        }
        int body = Math.min(lineEnd + 1, bytes.length);
        return layout == Cookie.OLDEST_LAYOUT ? parseLines(bytes, body) : parseText(layout, bytes, body);
    }

    private static Cookie parseLines(byte[] bytes, int body) {
        List<String> lines = new String(bytes, body, bytes.length - body, StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (lines.size() < 3) {
            throw new MalformedMetadataException("The cookie of layout 3 has fewer than four lines.");
        }
        return new Cookie(
                Cookie.OLDEST_LAYOUT,
                bookie(lines.get(0)),
                splitJournals(lines.get(1)),
                split(lines.get(2)),
                Optional.empty(),
                Optional.empty());
    }

    private static Cookie parseText(int layout, byte[] bytes, int body) {
        TextMessage message = TextParser.parse(bytes, body);
        return new Cookie(
                layout,
                bookie(required(message, "bookieHost")),
                splitJournals(required(message, "journalDir")),
                split(required(message, "ledgerDirs")),
                optional(message, "indexDirs").map(CookieFormat::split),
                optional(message, "instanceId"));
    }

    private static BookieId bookie(String id) {
        if (!BookieId.isValid(id)) {
            throw new MalformedMetadataException("The cookie names \"" + id + "\", which is no valid bookie id.");
        }
        return new BookieId(id);
    }

    private static String required(TextMessage message, String name) {
        return message.string(name)
                .orElseThrow(() -> new MalformedMetadataException("The cookie lacks the field " + name + "."));
    }

    private static Optional<String> optional(TextMessage message, String name) {
        return message.string(name).filter(text -> !text.isEmpty());
    }

    private static List<String> splitJournals(String joined) {
        return List.of(joined.split(",", -1));
    }

    private static String join(List<String> dirs) {
        return dirs.size() + "\t" + String.join("\t", dirs);
    }

    private static List<String> split(String joined) {
        String[] parts = joined.split("\t", -1);
        if (!parts[0].equals(Integer.toString(parts.length - 1))) {
            throw new MalformedMetadataException(
                    "The cookie announces " + parts[0] + " directories but names " + (parts.length - 1) + ".");
        }
        return List.of(parts).subList(1, parts.length);
    }
}
