package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.engine.ledger.Doubt;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.server.net.Peer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One of three bookies loses folders. What it may have forgotten is never denied, so that no recovery ends a ledger
 * before an entry that was acknowledged; what it still has is served.
 */
class LostDiskTest {
    private static final BookieId WIPED = new BookieId("b1");
    private static final LedgerPassword PASSWORD = LedgerPassword.of("secret");
    private static final int ENTRIES = 12;
    private static final Quorum ALONE = new Quorum(1, 1, 1);
    private static final Quorum THREE = new Quorum(3, 3, 2);

    @TempDir
    Path root;

    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();
    private final Map<String, BookieServer> bookies = new HashMap<>();
    private LedgerClient client;

    @BeforeEach
    void begin() {
        for (String name : List.of("b1", "b2", "b3")) {
            bookies.put(name, TestBookies.started(config(name), cluster));
        }
        client = newClient();
    }

    private LedgerClient newClient() {
        ClientConfig config = ClientConfig.of(MetadataUri.parse("zk://unused/ledgers"));
        return new LoopLedgerClient(config, cluster.another(), ClientMetrics.NONE);
    }

    @AfterEach
    void end() {
        client.close();
        bookies.values().forEach(BookieServer::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"j0 j1 l0 l1", "l0 l1", "j0 j1", "l0", "l1", "j0", "j1", "j0 l1"})
    void nothingAcknowledgedIsDenied(String lost) throws IOException {
        List<Long> ledgers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            ledgers.add(written(i % 3 == 0 ? THREE : ALONE));
        }
        crashAndLose(lost.split(" "));

        BookieExit refused = TestBookies.refused(config("b1"), again -> cluster.another());
        assertThat(refused.sentence()).contains("--accept-data-loss");
        assertThat(refused.code()).isEqualTo(ExitCode.START_REFUSED);

        bookies.put("b1", TestBookies.started(config("b1").withDataLossAccepted(), cluster));
        client.close();
        client = newClient(); // One that does not remember the former port.
        checkAnswers(ledgers, doubt(lost));
        checkRecovery(ledgers, doubt(lost));
        checkNewLedger();

        // The option is given once: what is in limbo stays so.
        stop("b1");
        bookies.put("b1", TestBookies.started(config("b1"), cluster));
        checkAnswers(ledgers, doubt(lost));
        checkEndOfLimbo(ledgers, doubt(lost));
    }

    @ParameterizedTest
    @ValueSource(strings = {"j0 .journal", "j1 .journal", "l0 .ledgers", "l1 .ledgers"})
    void aDamagedFileIsGoneOnWithoutIfThatIsAccepted(String damaged) throws IOException {
        String folder = damaged.substring(0, 2);
        List<Long> ledgers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ledgers.add(written(i % 3 == 0 ? THREE : ALONE));
        }
        if (folder.charAt(0) == 'j') {
            crashAndLose();
        } else {
            stop("b1");
        }
        flipFirst(root.resolve("b1").resolve(folder).resolve("current"), damaged.substring(3));

        BookieExit refused = TestBookies.refused(config("b1"), again -> cluster.another());
        assertThat(refused.code()).isEqualTo(ExitCode.STORAGE_FAILED);
        assertThat(refused.sentence()).contains("damaged", "--accept-data-loss");

        bookies.put("b1", TestBookies.started(config("b1").withDataLossAccepted(), cluster));
        client.close();
        client = newClient();
        checkAnswers(ledgers, doubt(folder));
        if (folder.charAt(0) == 'l') {
            checkEverythingIsServed(ledgers); // The entries are there; only who knew them is not.
        }
        checkRecoveryEndsNothingEarly(ledgers);
        checkNewLedger();
        stop("b1");
        bookies.put("b1", TestBookies.started(config("b1"), cluster));
        checkAnswers(ledgers, doubt(folder));
    }

    private void checkEverythingIsServed(List<Long> ledgers) throws IOException {
        try (Peer peer = new Peer(bookie("b1").port())) {
            for (long ledger : ledgers) {
                for (int entry = 0; isHere(ledger) && entry < ENTRIES; entry++) {
                    assertThat(read(peer, ledger, entry)).isEqualTo(Status.OK);
                }
            }
        }
    }

    private void checkRecoveryEndsNothingEarly(List<Long> ledgers) {
        for (long ledger : ledgers) {
            try {
                await(client.openWithRecovery(new LedgerId(ledger), PASSWORD));
            } catch (CompletionException e) {
                assertThat(metadata(ledger).isClosed()).isFalse();
                continue;
            }
            assertThat(metadata(ledger).end().orElseThrow().lastEntryId()).isEqualTo(ENTRIES - 1);
        }
    }

    /** One bit of the first record of the oldest file that has any. */
    private static void flipFirst(Path folder, String suffix) throws IOException {
        int place = suffix.equals(".journal") ? 4096 + 20 : 40;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                byte[] bytes = file.toString().endsWith(suffix) ? Files.readAllBytes(file) : new byte[0];
                if (bytes.length > place + 8 && new BigInteger(bytes, place - 16, 24).signum() != 0) {
                    bytes[place] ^= 4;
                    Files.write(file, bytes);
                    return;
                }
            }
        }
        throw new AssertionError("no file to damage in " + folder);
    }

    /** What the wiped bookie says on the wire of every entry that was acknowledged, and of one that never was. */
    private void checkAnswers(List<Long> ledgers, Doubt doubt) throws IOException {
        List<Long> limbo = new ArrayList<>();
        try (Peer peer = new Peer(bookie("b1").port())) {
            for (long ledger : ledgers) {
                if (!isHere(ledger)) {
                    continue;
                }
                boolean doubted = doubt.covers(ledger);
                if (doubted) {
                    limbo.add(ledger);
                }
                for (int entry = 0; entry < ENTRIES; entry++) {
                    assertThat(read(peer, ledger, entry))
                            .as("entry " + entry + " of ledger " + ledger)
                            .isIn(doubted ? List.of(Status.OK, Status.UNKNOWN_LEDGER_STATE) : List.of(Status.OK));
                }
                assertThat(read(peer, ledger, ENTRIES + 7))
                        .isEqualTo(doubted ? Status.UNKNOWN_LEDGER_STATE : Status.NO_ENTRY);
            }
            assertThat(read(peer, 1_000_001, 0)).isEqualTo(Status.NO_LEDGER);
        }
        assertThat(bookie("b1").limbo().ids())
                .containsExactly(
                        limbo.stream().sorted().mapToLong(Long::longValue).toArray());
    }

    private void checkRecovery(List<Long> ledgers, Doubt doubt) {
        for (long ledger : ledgers) {
            boolean onlyHere = isHere(ledger) && metadata(ledger).quorum().equals(ALONE);
            if (onlyHere && doubt.covers(ledger)) {
                assertThatThrownBy(() -> await(client.openWithRecovery(new LedgerId(ledger), PASSWORD)))
                        .as("recovery of ledger " + ledger)
                        .isInstanceOf(CompletionException.class);
                assertThat(metadata(ledger).isClosed()).isFalse();
                continue;
            }
            ReadLedger recovered = await(client.openWithRecovery(new LedgerId(ledger), PASSWORD));
            assertThat(recovered.metadata().end().orElseThrow().lastEntryId()).isEqualTo(ENTRIES - 1);
            assertThat(await(recovered.read(0, ENTRIES - 1))).hasSize(ENTRIES);
        }
    }

    private void checkNewLedger() throws IOException {
        long ledger = written(new Quorum(3, 3, 3));
        ReadLedger recovered = await(client.openWithRecovery(new LedgerId(ledger), PASSWORD));
        assertThat(recovered.metadata().end().orElseThrow().lastEntryId()).isEqualTo(ENTRIES - 1);
        try (Peer peer = new Peer(bookie("b1").port())) {
            assertThat(read(peer, ledger, 0)).isEqualTo(Status.OK);
            assertThat(read(peer, ledger, ENTRIES)).isEqualTo(Status.NO_ENTRY);
        }
    }

    private void checkEndOfLimbo(List<Long> ledgers, Doubt doubt) throws IOException {
        long[] limbo = bookie("b1").limbo().ids();
        assertThat(limbo).isNotEmpty();
        long over = limbo[0];
        assertThat(bookie("b1").limbo().end(over).join()).isTrue();
        for (int restart = 0; restart < 2; restart++) {
            try (Peer peer = new Peer(bookie("b1").port())) {
                assertThat(read(peer, over, ENTRIES + 7)).isEqualTo(Status.NO_ENTRY);
            }
            assertThat(bookie("b1").limbo().ids()).isEqualTo(Arrays.copyOfRange(limbo, 1, limbo.length));
            stop("b1");
            bookies.put("b1", TestBookies.started(config("b1"), cluster));
        }
        assertThat(ledgers.stream().filter(doubt::covers)).contains(over);
    }

    private static Doubt doubt(String lost) {
        Doubt doubt = Doubt.none(2, 2);
        for (String folder : lost.split(" ", -1)) {
            int index = folder.charAt(1) - '0';
            doubt = folder.charAt(0) == 'j' ? doubt.withLostJournal(index) : doubt.withLostStore(index);
        }
        return doubt;
    }

    private long written(Quorum quorum) {
        AppendLedger ledger = await(client.create(LedgerSpec.of(quorum).withPassword(PASSWORD)));
        List<CompletionStage<?>> appends = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            appends.add(ledger.append(new byte[100 + i]));
        }
        appends.forEach(LostDiskTest::await);
        return ledger.id().value();
    }

    private LedgerMetadata metadata(long ledger) {
        return await(cluster.read(new LedgerId(ledger))).orElseThrow().value();
    }

    private boolean isHere(long ledger) {
        return metadata(ledger).fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(WIPED));
    }

    /** The folders as they are at this moment, without those that are lost. */
    private void crashAndLose(String... lost) throws IOException {
        FolderImage image = FolderImage.take(root.resolve("b1"), root.resolve("image"));
        stop("b1");
        image.restoreWithout(lost);
    }

    private void stop(String name) {
        bookie(name).close();
        bookies.remove(name);
    }

    private BookieServer bookie(String name) {
        return Optional.ofNullable(bookies.get(name)).orElseThrow();
    }

    /** The v2 read, wire protocol, section 5.1. */
    private static Status read(Peer peer, long ledger, long entry) throws IOException {
        peer.send(String.format("0000001402020000%016x%016x", ledger, entry));
        String answer = peer.receive().orElseThrow();
        return Status.ofV2Code(Integer.parseInt(answer.substring(16, 24), 16)).orElseThrow();
    }

    private BookieServerConfig config(String name) {
        return TestBookies.spread(root.resolve(name), name);
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
