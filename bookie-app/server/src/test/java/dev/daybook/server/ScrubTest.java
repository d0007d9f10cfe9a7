package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.server.net.Eventually;
import dev.daybook.server.net.Peer;
import dev.daybook.server.scrub.ScrubConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bits flip in the files of a running bookie, and a scrub is asked for. */
class ScrubTest {
    private static final BookieId ME = new BookieId("b1");
    private static final int ENTRIES = 40;
    private static final String KEY = "e793cbc379107648537183605cd361d3bb789a39";

    @TempDir
    Path folder;

    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();
    private BookieServer bookie;
    private Peer peer;

    @BeforeEach
    void begin() throws IOException {
        start();
        for (long ledger = 1; ledger <= 3; ledger++) {
            cluster.create(new LedgerId(ledger), metadata())
                    .toCompletableFuture()
                    .join();
            for (int entry = 0; entry < ENTRIES; entry++) {
                add(ledger, entry, false);
            }
        }
        restart(); // Which moves everything to entry log, index and ledger table.
    }

    @AfterEach
    void end() throws IOException {
        peer.close();
        bookie.close();
    }

    @Test
    void whatIsWholeIsLeftAlone() throws IOException {
        add(1, ENTRIES, false);
        BookieUsage.Integrity found = scrub();
        assertThat(found.damagedPlaces()).isZero();
        assertThat(found.scrubbedBytes()).isGreaterThan(3L * ENTRIES * 40);
        assertThat(found.problem()).isEmpty();
        assertThat(marks()).isEmpty();
    }

    @Test
    void anEntryThatRottedIsReportedMarkedAndForgottenWhenItComesBack() throws IOException {
        flip(newest(".entries"), indexOf(newest(".entries"), entry(2, 7)) + 24);
        BookieUsage.Integrity found = scrub();
        assertThat(found.damagedPlaces()).isEqualTo(1);
        assertThat(found.unreadableEntries()).isEqualTo(1);
        assertThat(found.unreadableLedgers()).isEqualTo(1);
        assertThat(marks()).extracting(UnderReplicatedLedger::ledger).containsExactly(new LedgerId(2));
        assertThat(marks().get(0).missing()).containsExactly(ME);
        assertThat(read(2, 7)).isEqualTo(Status.IO_ERROR);
        assertThat(read(2, 8)).isEqualTo(Status.OK);

        add(2, 7, true);
        assertThat(read(2, 7)).isEqualTo(Status.OK);
        restart();
        assertThat(scrub().unreadableEntries()).isZero();
        assertThat(read(2, 7)).isEqualTo(Status.OK);
    }

    @Test
    void anIndexThatRottedIsMadeAnew() throws IOException {
        flip(newest(".index"), 200);
        BookieUsage.Integrity found = scrub();
        assertThat(found.damagedPlaces()).isPositive();
        assertThat(found.unreadableEntries()).isZero();
        Eventually.holds("all is served", this::isAllServed);
        assertThat(scrub().damagedPlaces()).isZero();
        restart();
        checkAllServed();
    }

    @Test
    void aLedgerTableThatRottedIsWrittenAgain() throws IOException {
        flip(newest(".ledgers"), 40);
        assertThat(scrub().damagedPlaces()).isEqualTo(1);
        assertThat(scrub().damagedPlaces()).isZero();
        restart();
        checkAllServed();
    }

    @Test
    void aCheckpointThatRottedIsReplaced() throws IOException {
        flip(folder.resolve("ledgers/current/checkpoint"), 60);
        assertThat(scrub().damagedPlaces()).isEqualTo(1);
        assertThat(scrub().damagedPlaces()).isZero();
        restart();
        checkAllServed();
    }

    @Test
    void aJournalThatRottedIsMadeSuperfluous() throws IOException {
        add(1, ENTRIES, false);
        add(1, ENTRIES + 1, false);
        Path journal = holding(".journal", entry(1, ENTRIES));
        flip(journal, indexOf(journal, entry(1, ENTRIES)) + 3);
        assertThat(scrub().damagedPlaces()).isPositive();
        bookie.close(); // The same file may be in use, but nothing before its mark is needed.
        start();
        checkAllServed();
        assertThat(read(1, ENTRIES)).isEqualTo(Status.OK);
        assertThat(read(1, ENTRIES + 1)).isEqualTo(Status.OK);
    }

    @Test
    void aCookieThatRottedIsWrittenAgain() throws IOException {
        Path cookie = folder.resolve("ledgers/current/VERSION");
        byte[] before = Files.readAllBytes(cookie);
        flip(cookie, 12);
        assertThat(scrub().damagedPlaces()).isEqualTo(1);
        assertThat(Files.readAllBytes(cookie)).isEqualTo(before);
        Files.delete(cookie);
        assertThat(scrub().damagedPlaces()).isEqualTo(1);
        assertThat(Files.readAllBytes(cookie)).isEqualTo(before);
    }

    private void start() throws IOException {
        BookieServerConfig config = TestBookies.config(folder, ME.value(), 0);
        bookie = TestBookies.started(config.withScrub(new ScrubConfig(Duration.ZERO, 0)), cluster);
        peer = new Peer(bookie.port());
    }

    private void restart() throws IOException {
        peer.close();
        bookie.close();
        start();
    }

    /** One complete round that begins now. */
    private BookieUsage.Integrity scrub() {
        long before = bookie.usage().integrity().scrubbedMillis();
        // Rounds are told apart by the time of their end.
        Eventually.holds("the clock moves", () -> System.currentTimeMillis() > before);
        bookie.scrubber().request();
        Eventually.holds("the round is over", () -> bookie.usage().integrity().scrubbedMillis() > before);
        return bookie.usage().integrity();
    }

    private boolean isAllServed() {
        try {
            checkAllServed();
            return true;
        } catch (AssertionError | IOException e) {
            return false;
        }
    }

    private void checkAllServed() throws IOException {
        for (long ledger = 1; ledger <= 3; ledger++) {
            for (int entry = 0; entry < ENTRIES; entry++) {
                assertThat(read(ledger, entry)).as(ledger + "/" + entry).isEqualTo(Status.OK);
            }
        }
    }

    private List<UnderReplicatedLedger> marks() {
        return cluster.repairs()
                .marked(Optional.empty(), 100)
                .toCompletableFuture()
                .join();
    }

    private static LedgerMetadata metadata() {
        return LedgerMetadata.open(
                new Quorum(1, 1, 1),
                new Fragment(0, List.of(ME)),
                new LedgerMetadata.Credentials(DigestType.CRC32C, LedgerPassword.of("secret")),
                Map.of(),
                1);
    }

    private static String entry(long ledger, long entry) {
        return String.format("%016x%016x", ledger, entry) + "ffffffffffffffff" + "0000000000000005";
    }

    private void add(long ledger, long entry, boolean recovery) throws IOException {
        String flags = recovery ? "0002" : "0000";
        String body = entry(ledger, entry) + "68656c6c6f" + "00".repeat(40);
        int bytes = 4 + 20 + body.length() / 2;
        peer.send(String.format("%08x", bytes) + "0201" + flags + KEY + body);
        assertThat(status()).isEqualTo(Status.OK);
    }

    private Status read(long ledger, long entry) throws IOException {
        peer.send(String.format("0000001402020000%016x%016x", ledger, entry));
        return status();
    }

    private Status status() throws IOException {
        String answer = peer.receive().orElseThrow();
        return Status.ofV2Code(Integer.parseInt(answer.substring(16, 24), 16)).orElseThrow();
    }

    private Path newest(String suffix) throws IOException {
        return files(suffix).get(files(suffix).size() - 1);
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private Path holding(String suffix, String hex) throws IOException {
        for (Path file : files(suffix)) {
            if (indexOf(file, hex) >= 0) {
                return file;
            }
        }
        throw new AssertionError("no file with " + hex);
    }

    private static int indexOf(Path file, String hex) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] wanted = HexFormat.of().parseHex(hex);
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            int value = open.read();
            open.seek(offset);
            open.write(value ^ 8);
        }
    }
}
