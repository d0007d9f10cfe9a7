package dev.daybook.interop.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.bookkeeper.client.BKException;
import org.apache.bookkeeper.client.BookKeeper;
import org.apache.bookkeeper.client.LedgerEntry;
import org.apache.bookkeeper.client.LedgerHandle;
import org.apache.bookkeeper.conf.ClientConfiguration;

/**
 * Reads one command a line, answers {@code ok …} or {@code error CODE message}. Arguments: metadata URI, {@code v2} or
 * {@code v3}, optionally the interval of explicit last-add-confirmed values in milliseconds.
 *
 * <ul>
 *   <li>{@code create E W A DIGEST PASSWORD}: a ledger id
 *   <li>{@code createadv LEDGER E W A DIGEST PASSWORD KEY VALUE}: with ids of entries, and of the ledger unless it is -1,
 *       chosen by the application, and one custom property; a ledger id
 *   <li>{@code createdeferred E W A DIGEST PASSWORD}: acknowledged before the sync; a ledger id
 *   <li>{@code addids LEDGER SIZE ID,ID,…}: appends all at once in this order; the ids in the order of acknowledgement
 *   <li>{@code force LEDGER}: the last add confirmed
 *   <li>{@code custom LEDGER KEY}: the value of a custom property
 *   <li>{@code stream LEDGER COUNT SIZE FORCE_EVERY}: appends without waiting; says {@code acked ID} and {@code forced
 *       ID} on lines of their own
 *   <li>{@code explicit LEDGER DIGEST PASSWORD}: the explicit last add confirmed, as the reading client combines it
 *   <li>{@code awaitlac LEDGER DIGEST PASSWORD ENTRY MILLIS}: long poll for an entry; the last add confirmed and whether the
 *       entry came along
 *   <li>{@code add LEDGER COUNT SIZE}: appends COUNT entries as {@link Payloads} makes them; the last entry id
 *   <li>{@code close LEDGER}
 *   <li>{@code read LEDGER DIGEST PASSWORD plain|recover}: last entry id, length, SHA-256 over all payloads
 *   <li>{@code tail LEDGER DIGEST PASSWORD}: opens without recovery and says the last add confirmed
 *   <li>{@code delete LEDGER}
 *   <li>{@code batch …} and {@code poll …}: see {@link ReaderCommands}
 * </ul>
 */
@SuppressWarnings(
        "try") // The official handles declare InterruptedException on close; a child process has nobody to interrupt
// it.
public final class PeerClient {
    private final BookKeeper client;
    private final PrintStream answers;
    private final PeerModes modes;
    private final Map<Long, LedgerHandle> writers = new HashMap<>();

    PeerClient(BookKeeper client, PrintStream answers) {
        this.client = client;
        this.answers = answers;
        this.modes = new PeerModes(client);
    }

    public static void main(String[] args) throws Exception {
        ClientConfiguration configuration = new ClientConfiguration();
        configuration.setMetadataServiceUri(args[0]);
        configuration.setUseV2WireProtocol(args[1].equals("v2"));
        if (args.length > 2) {
            configuration.setExplictLacInterval(Integer.parseInt(args[2]));
        }
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (BookKeeper client = new BookKeeper(configuration);
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answers.println("ok ready");
            new PeerClient(client, answers).serve(commands);
        }
    }

    private void serve(BufferedReader commands) throws IOException {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(answer(line));
        }
    }

    /** The whole answer to one command. */
    String answer(String command) {
        try {
            return "ok " + execute(command.strip().split(" "));
        } catch (Exception e) {
            return error(e);
        }
    }

    static String error(Exception failure) {
        return failure instanceof BKException known
                ? "error " + known.getCode() + " " + known.getMessage()
                : "error -999 " + failure;
    }

    private String execute(String[] words) throws Exception {
        return switch (words[0]) {
            case "create" -> create(words);
            case "createadv" -> keep(modes.createAdvanced(words));
            case "createdeferred" -> keep(modes.createDeferred(words));
            case "addids" -> PeerModes.addIds(writer(Long.parseLong(words[1])), Integer.parseInt(words[2]), words[3]);
            case "force" -> PeerModes.force(writer(Long.parseLong(words[1])));
            case "custom" -> modes.custom(Long.parseLong(words[1]), words[2]);
            case "stream" ->
                new PeerStream(writer(Long.parseLong(words[1])), Integer.parseInt(words[3]), answers)
                        .run(Integer.parseInt(words[2]), Integer.parseInt(words[4]));
            case "explicit" -> modes.explicit(words);
            case "awaitlac" -> modes.awaitLac(words);
            case "add" -> add(Long.parseLong(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "close" -> close(Long.parseLong(words[1]));
            case "read" -> read(words);
            case "tail" -> tail(words);
            case "batch" -> ReaderCommands.batch(client, words);
            case "poll" -> ReaderCommands.poll(client, words);
            case "delete" -> {
                client.deleteLedger(Long.parseLong(words[1]));
                yield "deleted";
            }
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        };
    }

    private String create(String[] words) throws Exception {
        LedgerHandle handle = client.createLedger(
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                BookKeeper.DigestType.valueOf(words[4]),
                words[5].getBytes(StandardCharsets.UTF_8));
        return keep(handle);
    }

    private String keep(LedgerHandle handle) {
        writers.put(handle.getId(), handle);
        return Long.toString(handle.getId());
    }

    private String add(long ledger, int count, int size) throws Exception {
        LedgerHandle handle = writer(ledger);
        long last = -1;
        for (int i = 0; i < count; i++) {
            last = handle.addEntry(Payloads.payload(handle.getLastAddPushed() + 1, size));
        }
        return Long.toString(last);
    }

    private LedgerHandle writer(long ledger) {
        LedgerHandle handle = writers.get(ledger);
        if (handle == null) {
            throw new IllegalArgumentException("no open writer of ledger " + ledger);
        }
        return handle;
    }

    private String close(long ledger) throws Exception {
        LedgerHandle handle = writer(ledger);
        writers.remove(ledger);
        handle.close();
        return handle.getLastAddConfirmed() + " " + handle.getLength();
    }

    private String read(String[] words) throws Exception {
        BookKeeper.DigestType digest = BookKeeper.DigestType.valueOf(words[2]);
        byte[] password = words[3].getBytes(StandardCharsets.UTF_8);
        long ledger = Long.parseLong(words[1]);
        LedgerHandle handle = words[4].equals("recover")
                ? client.openLedger(ledger, digest, password)
                : client.openLedgerNoRecovery(ledger, digest, password);
        try (handle) {
            long last = handle.getLastAddConfirmed();
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            if (last >= 0) {
                Enumeration<LedgerEntry> entries = handle.readEntries(0, last);
                while (entries.hasMoreElements()) {
                    sha.update(entries.nextElement().getEntry());
                }
            }
            return last + " " + handle.getLength() + " " + HexFormat.of().formatHex(sha.digest());
        }
    }

    private String tail(String[] words) throws Exception {
        LedgerHandle handle = client.openLedgerNoRecovery(
                Long.parseLong(words[1]),
                BookKeeper.DigestType.valueOf(words[2]),
                words[3].getBytes(StandardCharsets.UTF_8));
        try (handle) {
            return Long.toString(handle.getLastAddConfirmed());
        }
    }

    /** Payloads that both sides can compute: the entry id, repeated as text up to the size. */
    static final class Payloads {
        private Payloads() {}

        static byte[] payload(long entryId, int size) {
            byte[] pattern = (entryId + ".").getBytes(StandardCharsets.US_ASCII);
            byte[] payload = new byte[size];
            for (int i = 0; i < size; i++) {
                payload[i] = pattern[i % pattern.length];
            }
            return payload;
        }
    }
}
