package dev.daybook.interop.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.apache.bookkeeper.client.BookKeeper;
import org.apache.bookkeeper.client.LedgerEntry;
import org.apache.bookkeeper.client.LedgerHandle;
import org.apache.bookkeeper.client.api.LastConfirmedAndEntry;

/**
 * Less common ways to read. They open without recovery.
 *
 * <ul>
 *   <li>{@code batch LEDGER DIGEST PASSWORD COUNT BYTES}: reads everything in batches; last entry id, length, SHA-256 over
 *       all payloads
 *   <li>{@code poll LEDGER DIGEST PASSWORD ENTRY MILLIS}: waits for the entry by long poll; last add confirmed and the
 *       payload, or {@code none}
 * </ul>
 */
final class ReaderCommands {
    private ReaderCommands() {}

    static String batch(BookKeeper client, String[] words) throws Exception {
        int count = Integer.parseInt(words[4]);
        long bytes = Long.parseLong(words[5]);
        LedgerHandle handle = open(client, words);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            long last = handle.getLastAddConfirmed();
            for (long next = 0; next <= last; ) {
                Enumeration<LedgerEntry> entries = handle.batchReadEntries(next, count, bytes);
                while (entries.hasMoreElements()) {
                    LedgerEntry entry = entries.nextElement();
                    if (entry.getEntryId() != next) {
                        throw new IllegalStateException("expected entry " + next + ", was " + entry.getEntryId());
                    }
                    sha.update(entry.getEntry());
                    next++;
                }
            }
            return last + " " + handle.getLength() + " " + HexFormat.of().formatHex(sha.digest());
        } finally {
            handle.close();
        }
    }

    static String poll(BookKeeper client, String[] words) throws Exception {
        long entryId = Long.parseLong(words[4]);
        long millis = Long.parseLong(words[5]);
        LedgerHandle handle = open(client, words);
        try (LastConfirmedAndEntry answer =
                handle.readLastAddConfirmedAndEntryAsync(entryId, millis, false).get(30, TimeUnit.SECONDS)) {
            String payload = answer.hasEntry()
                    ? new String(answer.getEntry().getEntryBytes(), StandardCharsets.US_ASCII)
                    : "none";
            return answer.getLastAddConfirmed() + " " + payload;
        } finally {
            handle.close();
        }
    }

    private static LedgerHandle open(BookKeeper client, String[] words) throws Exception {
        return client.openLedgerNoRecovery(
                Long.parseLong(words[1]),
                BookKeeper.DigestType.valueOf(words[2]),
                words[3].getBytes(StandardCharsets.UTF_8));
    }
}
