package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadConfig;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.server.net.Eventually;
import dev.daybook.server.net.WireTap;
import dev.daybook.server.refill.Refill;
import dev.daybook.server.refill.RefillConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bookie that lost folders gets everything back from its peers, while readers read on and everybody is asked
 * everything. Every answer of that bookie goes through a tap, which knows what the bookie has acknowledged: not one of
 * them may deny any of it.
 */
class RefillTest {
    private static final BookieId WIPED = new BookieId("b1");
    private static final LedgerPassword PASSWORD = LedgerPassword.of("secret");
    private static final int ENTRIES = 20;
    private static final Quorum ALONE = new Quorum(1, 1, 1);
    private static final Quorum THREE = new Quorum(3, 3, 2);
    private static final Quorum STRIPED = new Quorum(4, 3, 2);
    private static final Quorum ALL = new Quorum(4, 4, 4);
    private static final Quorum THREE_OF_THREE = new Quorum(3, 3, 3);
    private static final RefillConfig HASTY =
            RefillConfig.DEFAULT.withWaits(Duration.ofMillis(300), Duration.ofMillis(20));

    @TempDir
    Path root;

    private final InMemoryMetadataStore cluster = new InMemoryMetadataStore();
    private final Promises promises = new Promises(WIPED);
    private final WireTap tap = new WireTap(promises);
    private final Map<String, BookieServer> bookies = new HashMap<>();
    private final Map<LedgerId, LedgerMetadata> closed = new HashMap<>();
    private final List<LedgerId> hopeless = new ArrayList<>();
    private LedgerClient client;
    private Optional<Refill> refill = Optional.empty();

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final List<Thread> readers = new ArrayList<>();
    private volatile boolean enough;

    @BeforeEach
    void begin() {
        startWiped(config("b1"));
        for (String name : List.of("b2", "b3", "b4")) {
            bookies.put(name, TestBookies.started(config(name), cluster));
        }
        client = client(Generation.V3);
    }

    private LedgerClient client(Generation generation) {
        ClientConfig config = ClientConfig.of(MetadataUri.parse("zk://unused/ledgers"))
                .withGeneration(generation)
                .withReads(ReadConfig.DEFAULT
                        .withReorder(false)
                        .withHedgeDelay(Duration.ZERO)
                        .withRepairHints(false));
        return new LoopLedgerClient(config, cluster.another(), ClientMetrics.NONE);
    }

    private BookieServerConfig config(String name) {
        return TestBookies.spread(root.resolve(name), name);
    }

    private void startWiped(BookieServerConfig config) {
        BookieServer server =
                TestBookies.started(config, mayInitialise -> TappedMetadata.of(cluster.another(), tap.port()));
        tap.lead(server.port());
        bookies.put("b1", server);
    }

    @AfterEach
    void end() throws Exception {
        stopReaders();
        refill.ifPresent(Refill::close);
        client.close();
        bookies.values().forEach(BookieServer::close);
        tap.close();
    }

    private void fill(RefillConfig config) {
        ClientConfig own = ClientConfig.of(MetadataUri.parse("zk://unused/ledgers"));
        refill = Optional.of(
                Refill.start(config, bookie("b1"), own, mayInitialise -> cluster.another(), BookieMetrics.NONE));
    }

    private Refill refill() {
        return refill.orElseThrow();
    }

    private BookieServer bookie(String name) {
        return Optional.ofNullable(bookies.get(name)).orElseThrow();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private AppendLedger written(Quorum quorum) {
        AppendLedger ledger = await(client.create(LedgerSpec.of(quorum).withPassword(PASSWORD)));
        for (int i = 0; i < ENTRIES; i++) {
            await(ledger.append(new byte[100 + i]));
        }
        return ledger;
    }

    /** One that the bookie acknowledges every entry of. */
    private AppendLedger openHere(Quorum quorum) {
        while (true) {
            AppendLedger ledger = written(quorum);
            if (isHere(metadata(ledger.id()))) {
                promises.give(ledger.id(), metadata(ledger.id()), ENTRIES - 1);
                return ledger;
            }
            await(ledger.closeLedger());
        }
    }

    private LedgerMetadata metadata(LedgerId ledger) {
        return await(cluster.read(ledger)).orElseThrow().value();
    }

    private static boolean isHere(LedgerMetadata metadata) {
        return metadata.fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(WIPED));
    }

    private void writeClosedLedgers(int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            for (Quorum quorum : List.of(THREE, STRIPED, ALONE)) {
                AppendLedger ledger = written(quorum);
                await(ledger.closeLedger());
                LedgerMetadata metadata = metadata(ledger.id());
                closed.put(ledger.id(), metadata);
                promises.give(ledger.id(), metadata, ENTRIES - 1);
                if (quorum.equals(ALONE) && isHere(metadata)) {
                    hopeless.add(ledger.id());
                }
            }
            AppendLedger empty = await(client.create(LedgerSpec.of(THREE).withPassword(PASSWORD)));
            await(empty.closeLedger());
        }
        // An ack quorum of two may have left this bookie behind for a moment.
        Eventually.holds("all copies are there", () -> isEverythingHere(Set.of()));
    }

    private boolean isEverythingHere(Set<Long> except) {
        try (Interrogation asked = new Interrogation(bookie("b1").port(), PASSWORD)) {
            for (long ledger : promises.ledgers()) {
                for (long entry : except.contains(ledger) ? Set.<Long>of() : promises.entriesOf(ledger)) {
                    if (asked.read(ledger, entry) != Status.OK) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void startReaders() {
        for (Generation generation : Generation.values()) {
            begin("reader-" + generation, () -> readOn(generation));
        }
        begin("interrogation", this::askOn);
    }

    private void begin(String name, Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        complaints.add(name + " ended by " + e);
                    }
                },
                name);
        readers.add(thread);
        thread.start();
    }

    private void readOn(Generation generation) {
        try (LedgerClient reader = client(generation)) {
            while (!enough) {
                for (LedgerId ledger : closed.keySet()) {
                    readAll(reader, ledger);
                }
            }
        }
    }

    private void readAll(LedgerClient reader, LedgerId ledger) {
        try (ReadLedger opened = await(reader.open(ledger, PASSWORD))) {
            assertThat(await(opened.read(0, ENTRIES - 1))).hasSize(ENTRIES);
        } catch (CompletionException e) {
            boolean denied = e.getCause() instanceof LedgerException failure
                    && Set.of(LedgerException.Reason.NO_SUCH_ENTRY, LedgerException.Reason.NO_SUCH_LEDGER)
                            .contains(failure.reason());
            if (denied || !hopeless.contains(ledger)) {
                complaints.add("reading " + ledger + ": " + e.getCause());
            }
        }
    }

    /** Goes on while the bookie is away. */
    private void askOn() {
        while (!enough) {
            try (Interrogation asked = new Interrogation(tap.port(), PASSWORD)) {
                for (long ledger : promises.ledgers()) {
                    boolean isClosed = closed.containsKey(new LedgerId(ledger));
                    for (long entry : promises.entriesOf(ledger)) {
                        asked.askEverything(ledger, entry, isClosed);
                    }
                }
            } catch (IOException away) {
                Thread.onSpinWait();
            }
        }
    }

    private void stopReaders() throws InterruptedException {
        enough = true;
        for (Thread reader : readers) {
            reader.join(20_000);
        }
        readers.clear();
    }

    private void stop() {
        refill.ifPresent(Refill::close);
        refill = Optional.empty();
        bookie("b1").close();
        bookies.remove("b1");
    }

    private void crashAndLose(String... lost) throws IOException {
        FolderImage image = FolderImage.take(root.resolve("b1"), root.resolve("image"));
        stop();
        image.restoreWithout(lost);
    }

    private Set<Long> limbo() {
        return new HashSet<>(
                Arrays.stream(bookie("b1").limbo().idsWithDoubted()).boxed().toList());
    }

    private Set<Long> hopelessIds() {
        return new HashSet<>(hopeless.stream().map(LedgerId::value).toList());
    }

    private void checkNothingWasDenied() {
        assertThat(complaints).isEmpty();
        assertThat(promises.broken()).isEmpty();
        assertThat(promises.heard(Status.OK)).isGreaterThan(100);
        assertThat(promises.heard(Status.UNKNOWN_LEDGER_STATE)).isGreaterThan(100);
    }

    @Test
    void aWipedBookieIsRebuiltAndDeniesNothingMeanwhileAlsoWhenItDiesAgain() throws Exception {
        writeClosedLedgers(8);
        AppendLedger open = openHere(ALL);
        AppendLedger moving = openHere(THREE_OF_THREE);
        startReaders();
        stop();
        FolderImage.delete(root.resolve("b1"));
        await(moving.append(new byte[7]));
        BookieExit refused = TestBookies.refused(config("b1"), again -> cluster.another());
        assertThat(refused.sentence()).contains("--accept-data-loss");

        startWiped(config("b1").withDataLossAccepted());
        Set<Long> atFirst = limbo();
        assertThat(atFirst)
                .containsAll(promises.ledgers().stream()
                        .filter(ledger -> !promises.entriesOf(ledger).isEmpty())
                        .toList());
        fill(HASTY.withBytesPerSecond(10_000));
        Eventually.holds("some are filled", () -> refill().status().ledgersFilled() > 2);
        crashAndLose();
        startWiped(config("b1"));
        Set<Long> atSecond = limbo();
        assertThat(atFirst).containsAll(atSecond);
        assertThat(atSecond.size()).isBetween(hopeless.size() + 1, atFirst.size() - 1);

        fill(HASTY);
        Eventually.holds("only what nobody else has is in limbo", () -> limbo().equals(hopelessIds()));
        Eventually.holds(
                "it is said why", () -> refill().status().staying().keySet().equals(hopelessIds()));
        assertThat(refill().status().staying().values()).allMatch(why -> why.contains("No bookie has a sound copy"));
        stopReaders();
        assertThat(isEverythingHere(hopelessIds())).isTrue();
        checkNothingWasDenied();
        closed.forEach((ledger, before) -> assertThat(metadata(ledger)).isEqualTo(before));
        assertThat(metadata(open.id()).end().orElseThrow().lastEntryId()).isEqualTo(ENTRIES - 1);
        assertThat(await(moving.append(new byte[7]))).as("the writer went on").isEqualTo(new EntryId(ENTRIES + 1));
        assertThat(metadata(moving.id()).isClosed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"l0", "j0 j1", "l1 j0"})
    void aPartlyLostBookieIsRebuiltAndDeniesNothingMeanwhile(String lost) throws Exception {
        writeClosedLedgers(6);
        startReaders();
        crashAndLose(lost.split(" "));
        startWiped(config("b1").withDataLossAccepted());
        assertThat(limbo()).isNotEmpty();
        fill(HASTY);
        Eventually.holds("what others have is back", () -> hopelessIds().containsAll(limbo()));
        stopReaders();
        assertThat(isEverythingHere(hopelessIds())).isTrue();
        assertThat(complaints).isEmpty();
        assertThat(promises.broken()).isEmpty();
    }

    @Test
    void aLedgerThatIsGoneLeavesLimboAndALockedOneStaysUntilItIsFree() throws Exception {
        writeClosedLedgers(2);
        stop();
        FolderImage.delete(root.resolve("b1"));
        LedgerId locked = closed.keySet().stream()
                .filter(ledger -> !hopeless.contains(ledger) && isHere(metadata(ledger)))
                .findFirst()
                .orElseThrow();
        InMemoryMetadataStore worker = cluster.another();
        var lock = await(worker.repairs().lock(locked, "somebody")).orElseThrow();
        startWiped(config("b1").withDataLossAccepted());
        hopeless.forEach(ledger -> await(client.delete(ledger)));
        fill(HASTY);
        Eventually.holds("it waits for the lock", () -> limbo().equals(Set.of(locked.value())));
        Eventually.holds(
                "it names the holder",
                () -> refill().status()
                        .staying()
                        .getOrDefault(locked.value(), "")
                        .contains("somebody"));
        assertThat(isEverythingHere(hopelessIds())).as("filled all the same").isTrue();
        await(lock.release());
        refill().request();
        Eventually.holds("nothing is in limbo", () -> limbo().isEmpty());
    }

    @Test
    void aReadOnlyBookieIsFilledAndTakesNothingElse() throws Exception {
        writeClosedLedgers(2);
        stop();
        FolderImage.delete(root.resolve("b1"));
        startWiped(config("b1").withDataLossAccepted());
        await(bookie("b1").holdReadOnly(true));
        fill(HASTY);
        Eventually.holds("what others have is back", () -> hopelessIds().containsAll(limbo()));
        assertThat(isEverythingHere(hopelessIds())).isTrue();
        assertThat(bookie("b1").isReadOnly()).isTrue();
        assertThat(promises.broken()).isEmpty();
    }
}
