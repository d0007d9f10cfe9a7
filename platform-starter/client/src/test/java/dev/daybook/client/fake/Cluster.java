package dev.daybook.client.fake;

import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.client.WriterConfig;
import dev.daybook.client.loop.LoopLedgerClient;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.metrics.ClientMetrics;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.protocol.wire.Generation;
import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Fake bookies, a store, and clients of them, all in this process. */
public final class Cluster implements AutoCloseable {
    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final StoreSwitch storeSwitch = new StoreSwitch();
    public final List<FakeBookie> bookies = new ArrayList<>();
    private final List<LedgerClient> clients = new ArrayList<>();

    public Cluster(int size) {
        for (int i = 0; i < size; i++) {
            addBookie();
        }
    }

    public FakeBookie addBookie() {
        FakeBookie bookie = new FakeBookie();
        bookies.add(bookie);
        register(bookie, false);
        return bookie;
    }

    /** Publishes the bookie, as read-only or as writable. */
    public void register(FakeBookie bookie, boolean readOnly) {
        BookieEndpoint endpoint = new BookieEndpoint(
                "bookie", "127.0.0.1", bookie.port(), BookieEndpoint.BOOKIE_RPC, List.of(), List.of());
        await(store.registry().register(bookie.id(), readOnly, new BookieServiceInfo(List.of(endpoint), Map.of())));
    }

    /** Withdraws it, as the metadata service does some time after a bookie died. */
    public void unregister(FakeBookie bookie) {
        await(store.registry().unregister(bookie.id()));
    }

    /** While out, no client reaches the metadata service. */
    public void metadataOutage(boolean now) {
        storeSwitch.outage(now);
    }

    /** The record as stored. */
    public LedgerMetadata metadata(LedgerId ledger) {
        return await(store.read(ledger)).orElseThrow().value();
    }

    /** Ledgers that are marked as lacking copies, and whose. */
    public Map<LedgerId, List<BookieId>> marks() {
        return await(store.repairs().marked(Optional.empty(), 100)).stream()
                .collect(Collectors.toMap(UnderReplicatedLedger::ledger, UnderReplicatedLedger::missing));
    }

    public Versioned<LedgerMetadata> record(LedgerId ledger) {
        return await(store.read(ledger)).orElseThrow();
    }

    /** Changes the record as another client would. */
    public void swap(LedgerId ledger, UnaryOperator<LedgerMetadata> change) {
        Versioned<LedgerMetadata> record = record(ledger);
        await(store.swap(ledger, change.apply(record.value()), record.version()));
    }

    /** Lets the only fragment of a ledger name other bookies, as re-replication does. */
    public void moveTo(LedgerId ledger, List<BookieId> ensemble) {
        swap(ledger, old -> old.withFragments(List.of(new Fragment(0, ensemble))));
    }

    public FakeBookie bookie(BookieId id) {
        return bookies.stream()
                .filter(bookie -> bookie.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Timeouts short enough for tests of silence, long enough for a busy machine. */
    public static ClientConfig config(Generation generation) {
        return config(generation, Duration.ofMillis(1500));
    }

    public static ClientConfig config(Generation generation, Duration bookieTimeout) {
        ClientConfig config = new ClientConfig(
                MetadataUri.parse("zk://unused/ledgers"),
                Duration.ofSeconds(5),
                bookieTimeout,
                bookieTimeout,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                8 * 1024 * 1024,
                ClientConfig.DEFAULT_MAX_FRAME_BYTES,
                generation,
                WriterConfig.DEFAULT);
        return config.withReads(config.reads().withHedgeDelay(bookieTimeout.dividedBy(4)));
    }

    public LedgerClient client(Generation generation) {
        return client(config(generation), ClientMetrics.NONE);
    }

    public LedgerClient client(ClientConfig config, ClientMetrics metrics) {
        LedgerClient client = new LoopLedgerClient(config, storeSwitch.over(store.another()), metrics);
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(LedgerClient::close);
        bookies.forEach(FakeBookie::close);
    }

    /** The result, or the client's exception. */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LedgerException ledgerException) {
                throw ledgerException;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new AssertionError("the stage did not end", e);
            }
            throw e;
        }
    }

    /** The failure that the stage ends with. */
    public static LedgerException failure(CompletionStage<?> stage) {
        try {
            Object result = await(stage);
            throw new AssertionError("expected a failure, was " + result);
        } catch (LedgerException e) {
            return e;
        }
    }

    /** Looks again until it holds. */
    public static void until(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never came true: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
