package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import dev.daybook.core.work.LedgerWork;
import dev.daybook.core.work.WorkPace;
import dev.daybook.core.work.WorkState;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.metrics.RecoveryMetrics;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.server.autorecovery.AutoRecovery;
import dev.daybook.server.autorecovery.AutoRecoveryConfig;
import dev.daybook.server.autorecovery.RepairActivity;
import dev.daybook.server.net.Eventually;
import dev.daybook.server.net.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A cluster in one process whose bookies and auto-recoveries come and go; it is closed after each test. */
abstract class AutoRecoveryBed {
    static final int ENTRIES = 20;

    static final Quorum ALONE = new Quorum(1, 1, 1);
    static final Quorum THREE = new Quorum(3, 3, 2);
    static final Quorum STRIPED = new Quorum(4, 3, 2);

    /** Waits that a test can bear. */
    static final WorkPace HASTY = new WorkPace(300, 3_200);

    static final WorkPace PATIENT = new WorkPace(3_600_000, 3_600_000);
    static final long SLOW = 1;

    @TempDir
    Path root;

    final InMemoryMetadataStore cluster = new InMemoryMetadataStore();
    final Map<BookieId, BookieServer> bookies = new HashMap<>();
    final List<AutoRecovery> recoveries = new ArrayList<>();
    LedgerClient client;

    @BeforeEach
    void begin() {
        for (String name : List.of("b1", "b2", "b3", "b4")) {
            startBookie(name);
        }
        client = new LoopLedgerClient(clientConfig(), cluster.another(), ClientMetrics.NONE);
    }

    @AfterEach
    void end() {
        recoveries.forEach(AutoRecovery::close);
        client.close();
        bookies.values().forEach(BookieServer::close);
    }

    static ClientConfig clientConfig() {
        return ClientConfig.of(MetadataUri.parse("zk://unused/ledgers"));
    }

    void startBookie(String name) {
        bookies.put(new BookieId(name), TestBookies.started(TestBookies.config(root.resolve(name), name, 0), cluster));
    }

    void kill(BookieId bookie) {
        Optional.ofNullable(bookies.remove(bookie)).orElseThrow().close();
    }

    AutoRecovery recovery(String name, WorkPace pace) {
        return recovery(AutoRecoveryConfig.of(name).withPace(pace));
    }

    AutoRecovery recovery(AutoRecoveryConfig config) {
        AutoRecovery begun = AutoRecovery.start(config, clientConfig(), cluster.another(), RecoveryMetrics.NONE);
        recoveries.add(begun);
        return begun;
    }

    void close(AutoRecovery recovery) {
        recovery.close();
        recoveries.remove(recovery);
    }

    AppendLedger written(Quorum quorum) {
        AppendLedger ledger = created(LedgerSpec.of(quorum).withPassword(LedgerPassword.of("secret")));
        for (int i = 0; i < ENTRIES; i++) {
            await(ledger.append(new byte[50 + i]));
        }
        return ledger;
    }

    /** A client hears a little later of a bookie that was started after it. */
    private AppendLedger created(LedgerSpec spec) {
        List<AppendLedger> created = new ArrayList<>();
        Eventually.holds(
                "the client knows of bookies enough for " + spec.quorum(),
                () -> await(client.create(spec).handle((ledger, failure) -> failure == null && created.add(ledger))));
        return created.get(0);
    }

    LedgerId closed(Quorum quorum) {
        AppendLedger ledger = written(quorum);
        await(ledger.closeLedger());
        return ledger.id();
    }

    LedgerMetadata metadata(LedgerId ledger) {
        return record(ledger).value();
    }

    Versioned<LedgerMetadata> record(LedgerId ledger) {
        return await(cluster.read(ledger)).orElseThrow();
    }

    static BookieId member(LedgerMetadata metadata, int position) {
        return metadata.lastFragment().ensemble().get(position);
    }

    List<UnderReplicatedLedger> marks() {
        return await(cluster.repairs().marked(Optional.empty(), 10_000));
    }

    static Optional<LedgerWork> work(AutoRecovery recovery, LedgerId ledger) {
        return activity(recovery).works().stream()
                .map(RepairActivity.Work::work)
                .filter(work -> work.ledger().equals(ledger))
                .findFirst();
    }

    static boolean isIn(AutoRecovery recovery, LedgerId ledger, WorkState state) {
        return work(recovery, ledger).filter(work -> work.state() == state).isPresent();
    }

    static boolean stalls(AutoRecovery recovery, LedgerId ledger, StallReason reason) {
        return work(recovery, ledger).stream()
                .flatMap(work -> work.stalls().stream())
                .map(Stall::reason)
                .anyMatch(reason::equals);
    }

    static RepairActivity activity(AutoRecovery recovery) {
        return await(recovery.repairs(10_000));
    }

    /** Every bookie that should have an entry has it, and says so itself. */
    void checkEveryCopy(LedgerId ledger) {
        LedgerMetadata metadata = metadata(ledger);
        long last = metadata.end().orElseThrow().lastEntryId();
        for (long entry = 0; entry <= last; entry++) {
            List<BookieId> ensemble = metadata.fragmentOf(entry).ensemble();
            for (int position : Striping.writeSet(metadata.quorum(), entry)) {
                assertThat(read(ensemble.get(position), ledger, entry))
                        .as("entry %d of ledger %s on %s", entry, ledger, ensemble.get(position))
                        .isEqualTo(Status.OK);
            }
        }
    }

    /** The v2 read, wire protocol, section 5.1. */
    Status read(BookieId bookie, LedgerId ledger, long entry) {
        BookieServer server =
                Optional.ofNullable(bookies.get(bookie)).orElseThrow(() -> new AssertionError(bookie + " is dead"));
        try (Peer peer = new Peer(server.port())) {
            peer.send(String.format("0000001402020000%016x%016x", ledger.value(), entry));
            String answer = peer.receive().orElseThrow();
            return Status.ofV2Code(Integer.parseInt(answer.substring(16, 24), 16))
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    boolean isMember(LedgerId ledger, BookieId bookie) {
        return metadata(ledger).fragments().stream()
                .anyMatch(fragment -> fragment.ensemble().contains(bookie));
    }
}
