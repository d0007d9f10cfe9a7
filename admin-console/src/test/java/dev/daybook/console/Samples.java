package dev.daybook.console;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Values for tests and for the preview. */
public final class Samples {
    public static final String LEDGER_PASSWORD = "ledger-password-must-not-show";

    private Samples() {}

    public static BookieUsage usage(String bookie, double usedRatio) {
        long total = 500L << 30;
        long used = (long) (total * usedRatio);
        return new BookieUsage(
                new BookieId(bookie),
                BookieUsage.State.WRITABLE,
                "0.1.0",
                1_795_219_200_000L,
                1_795_200_000_000L,
                List.of(new BookieUsage.Journal("/data/journal", 3, 201_326_592L, 17, 50_331_648L, 7_340_032L)),
                new BookieUsage.EntryLogs(
                        3,
                        2_500_000_000L,
                        List.of(
                                new BookieUsage.EntryLog(12, "/data/ledgers", 352_516_352L, true),
                                new BookieUsage.EntryLog(11, "/data/ledgers", 1_073_741_824L, false),
                                new BookieUsage.EntryLog(10, "/data/ledgers", 1_073_741_824L, false))),
                new BookieUsage.WriteCache(18_874_368L, 67_108_864L),
                1284,
                48_211_907,
                List.of(
                        new BookieUsage.Directory(
                                "/data/journal",
                                BookieUsage.Kind.JOURNAL,
                                100L << 30,
                                12L << 30,
                                88L << 30,
                                -1,
                                -1,
                                true,
                                ""),
                        new BookieUsage.Directory(
                                "/data/ledgers",
                                BookieUsage.Kind.LEDGER,
                                total,
                                used,
                                total - used,
                                0.90,
                                0.95,
                                usedRatio < 0.95,
                                usedRatio < 0.95 ? "" : "The disk is fuller than 95 %.")),
                new BookieUsage.Garbage(
                        1_795_219_100_000L,
                        "",
                        12,
                        List.of(new BookieUsage.GarbageDirectory(
                                "/data/ledgers",
                                3_221_225_472L,
                                104_857_600L,
                                "",
                                BookieUsage.Hold.NOBODY,
                                BookieUsage.Hold.NOBODY,
                                0,
                                ""))),
                new BookieUsage.Integrity(false, 3_221_225_472L, 1_795_212_000_000L, 0, 0, 0, 0, ""));
    }

    /** One that makes copies, waits, and tells of two ledgers. */
    public static WorkerReport worker(String name) {
        long now = System.currentTimeMillis();
        return new WorkerReport(
                "id of " + name,
                name,
                now - 3_600_000,
                now,
                new WorkerReport.Pace(4, 0, 12 << 20),
                new WorkerReport.Done(1_545, 3, 48_211, 3L << 30),
                new TreeMap<>(Map.of("WAITING_FOR_SLOT", 8_451, "REPAIRING", 4)),
                new TreeMap<>(Map.of("NO_TARGET", 3)),
                "Bookie 10.0.0.13:3181 did not answer within 5 s.",
                List.of(
                        new WorkerReport.Note(new LedgerId(9_000), "REPAIRING", true, "Copies are being made.", 120),
                        new WorkerReport.Note(
                                new LedgerId(1), "BACKING_OFF", true, "No bookie <i> may take a copy.", 0)));
    }

    public static Fragment fragment(long first, String... bookies) {
        return new Fragment(first, Arrays.stream(bookies).map(BookieId::new).toList());
    }

    public static LedgerMetadata open(Quorum quorum, Fragment... fragments) {
        return metadata(quorum, LedgerState.OPEN, Optional.empty(), Map.of(), fragments);
    }

    public static LedgerMetadata closed(Quorum quorum, long lastEntry, long length, Fragment... fragments) {
        return metadata(
                quorum,
                LedgerState.CLOSED,
                Optional.of(new LedgerMetadata.End(lastEntry, length)),
                Map.of(),
                fragments);
    }

    public static LedgerMetadata withCustom(LedgerMetadata from, Map<String, String> custom) {
        Map<String, byte[]> bytes = new TreeMap<>();
        custom.forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
        return metadata(
                from.quorum(), from.state(), from.end(), bytes, from.fragments().toArray(Fragment[]::new));
    }

    private static LedgerMetadata metadata(
            Quorum quorum,
            LedgerState state,
            Optional<LedgerMetadata.End> end,
            Map<String, byte[]> custom,
            Fragment... fragments) {
        return new LedgerMetadata(
                3,
                quorum,
                state,
                List.of(fragments),
                Optional.of(new LedgerMetadata.Credentials(DigestType.CRC32C, LedgerPassword.of(LEDGER_PASSWORD))),
                end,
                OptionalLong.of(1_795_210_000_000L),
                custom,
                0);
    }
}
