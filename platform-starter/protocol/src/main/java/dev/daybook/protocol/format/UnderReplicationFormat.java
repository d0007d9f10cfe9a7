package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** The records below {@code underreplication}. Source: metadata specification, section 12. */
public final class UnderReplicationFormat {
    private UnderReplicationFormat() {}

    /** Data of the tree's own LAYOUT. */
    public static byte[] layout() {
        return new TextWriter().string("type", "BASIC").number("version", 1).toBytes();
    }

    /** @throws MalformedMetadataException unless the layout is the only one that exists */
    public static void checkLayout(byte[] bytes) {
        TextMessage message = TextParser.parse(bytes, 0);
        if (!message.string("type").equals(Optional.of("BASIC"))
                || !message.number("version").equals(OptionalLong.of(1))) {
            throw new MalformedMetadataException("The under-replication tree has a layout that this version does not"
                    + " know; use a newer version.");
        }
    }

    public static byte[] serializeMark(UnderReplicationMark mark) {
        TextWriter out = new TextWriter();
        mark.missing().forEach(bookie -> out.string("replica", bookie.value()));
        mark.markedMillis().ifPresent(millis -> out.number("ctime", millis));
        return out.toBytes();
    }

    /** @throws MalformedMetadataException if the bytes are no mark */
    public static UnderReplicationMark parseMark(byte[] bytes) {
        TextMessage message = TextParser.parse(bytes, 0);
        return new UnderReplicationMark(
                message.strings("replica").stream()
                        .map(UnderReplicationFormat::bookie)
                        .toList(),
                message.number("ctime"));
    }

    private static BookieId bookie(String id) {
        if (!BookieId.isValid(id)) {
            throw new MalformedMetadataException("The mark names \"" + id + "\", which is no valid bookie id.");
        }
        return new BookieId(id);
    }

    /** A lock or an auditor's vote: both carry one text, a host name in a lock and a bookie id in a vote. */
    public static byte[] serializeHolder(String holder) {
        return new TextWriter().string("bookieId", holder).toBytes();
    }

    /** The text of a lock or a vote; empty if it carries none. */
    public static String parseHolder(byte[] bytes) {
        return TextParser.parse(bytes, 0).string("bookieId").orElse("");
    }

    /** When a periodic check was last completed, in milliseconds since the epoch. */
    public static byte[] serializeCheckTime(long millis) {
        return new ProtoWriter().number(1, millis).toBytes();
    }

    /** @throws MalformedMetadataException if the bytes carry no time */
    public static long parseCheckTime(byte[] bytes) {
        ProtoReader in = new ProtoReader(bytes);
        OptionalLong millis = OptionalLong.empty();
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == ProtoReader.varintTag(1)) {
                millis = OptionalLong.of(in.varint());
            } else {
                in.skip(tag);
            }
        }
        return millis.orElseThrow(() -> new MalformedMetadataException("The time of the last check is missing."));
    }

    public static byte[] serializeDelaySeconds(int seconds) {
        return Integer.toString(seconds).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws MalformedMetadataException if the bytes are no decimal number */
    public static int parseDelaySeconds(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new MalformedMetadataException(
                    "The delay before a lost bookie's ledgers are copied is \"" + text + "\", not a number.", e);
        }
    }
}
