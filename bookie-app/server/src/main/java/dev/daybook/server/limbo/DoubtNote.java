package dev.daybook.server.limbo;

import dev.daybook.engine.ledger.Doubt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** The text of the file that keeps a {@link Doubt}. Format: storage/FORMAT.md. */
final class DoubtNote {
    private static final Pattern TEXT = Pattern.compile(
            "daybook doubt 1\\njournals (\\d{1,5}) lost([ \\d]*)\\nledgers (\\d{1,5}) lost([ \\d]*)\\ncrc32c ([0-9a-f]{8})\\n");

    private DoubtNote() {}

    static byte[] encode(Doubt doubt) {
        String body = "daybook doubt 1\njournals " + doubt.journals() + " lost" + join(doubt.lostJournals())
                + "\nledgers " + doubt.stores() + " lost" + join(doubt.lostStores()) + "\n";
        return (body + checksumLine(body)).getBytes(StandardCharsets.US_ASCII);
    }

    /** A note that cannot be read tells only that there was one. */
    static Doubt decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Doubt.OF_EVERYTHING;
        }
        String body = text.substring(0, text.indexOf("crc32c"));
        if (!text.equals(body + checksumLine(body))) {
            return Doubt.OF_EVERYTHING;
        }
        return new Doubt(
                Integer.parseInt(matcher.group(1)),
                split(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                split(matcher.group(4)));
    }

    private static String join(Set<Integer> indices) {
        return new TreeSet<>(indices).stream().map(index -> " " + index).collect(Collectors.joining());
    }

    private static Set<Integer> split(String text) {
        return Arrays.stream(text.trim().split(" +"))
                .filter(part -> !part.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    private static String checksumLine(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "crc32c %08x%n", crc.getValue()).replace("\r", "");
    }
}
