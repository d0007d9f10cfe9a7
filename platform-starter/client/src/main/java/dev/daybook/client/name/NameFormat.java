package dev.daybook.client.name;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.LedgerId;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The records behind names as bytes. Source: FORMAT.md of this module, section 3. */
final class NameFormat {
    private static final Pattern NAME = Pattern.compile("daybook-name 1\nledger (\\d{1,19})\nmark ([0-9a-f]{1,16})\n");
    private static final Pattern COUNT = Pattern.compile("daybook-names 1\npaths (\\d{1,18})\n");

    private NameFormat() {}

    /** @param mark of the operation that wrote it, so that it recognises its own work */
    record Name(LedgerId ledger, long mark) {}

    static byte[] serialize(Name name) {
        return ("daybook-name 1\nledger " + name.ledger() + "\nmark " + Long.toHexString(name.mark()) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static Name parseName(String path, byte[] bytes) {
        Matcher matcher = NAME.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            throw unreadable("name \"" + path + "\"");
        }
        return new Name(LedgerId.parse(matcher.group(1)), Long.parseUnsignedLong(matcher.group(2), 16));
    }

    static byte[] serializeCount(long paths) {
        return ("daybook-names 1\npaths " + paths + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static long parseCount(LedgerId ledger, byte[] bytes) {
        Matcher matcher = COUNT.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (!matcher.matches()) {
            throw unreadable("number of names of ledger " + ledger);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static LedgerException unreadable(String what) {
        return new LedgerException(
                Reason.METADATA_CORRUPT,
                "The record of the " + what + " is unreadable; it was written by a newer version, or damaged by hand.");
    }
}
