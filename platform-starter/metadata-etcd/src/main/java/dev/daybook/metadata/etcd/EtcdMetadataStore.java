package dev.daybook.metadata.etcd;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.repair.CommonRepairStore;
import dev.daybook.client.meta.repair.SessionElection;
import dev.daybook.client.meta.session.KnownAddresses;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The metadata store in etcd. Thread-safe. Survives lost connections, failed members and ended leases: operations are
 * repeated until the operation timeout, watches and registrations are made again. Stages complete on a thread of the
 * store, so what follows them must not block. All threads are daemons and end with {@link #close()}.
 */
final class EtcdMetadataStore implements MetadataStore {
    private final EtcdSession session;
    private final Keyspace keyspace;
    private final LedgerIds ids;
    private final LedgerRecords records;
    private final LedgerListing listing;
    private final BookieMembership membership;
    private final BookieDirectory directory;
    private final KnownAddresses addresses;
    private final RepairStore repairs;
    private final RecordStore smallRecords;
    private final BookieRegistry registry;

    private EtcdMetadataStore(Keyspace keyspace) {
        this.session = keyspace.session();
        this.keyspace = keyspace;
        this.ids = new LedgerIds(keyspace);
        this.records = new LedgerRecords(keyspace);
        this.listing = new LedgerListing(keyspace);
        this.membership = new BookieMembership(keyspace);
        this.directory = new BookieDirectory(keyspace);
        this.addresses = new KnownAddresses(session.loop(), directory);
        this.repairs = repairs(keyspace);
        this.smallRecords = new EtcdRecords(keyspace);
        this.registry = new EtcdBookieRegistry(keyspace);
    }

    private static RepairStore repairs(Keyspace keyspace) {
        SessionElection election = new SessionElection(
                keyspace.session().loop(),
                candidate -> new VoteKey(keyspace, candidate),
                () -> VoteKey.winner(keyspace));
        CommonRepairStore store = new CommonRepairStore(new RepairKeys(keyspace), election, System::currentTimeMillis);
        // Whoever holds locks hears of the loss before the next term may begin.
        keyspace.session().lease().onReplaced(store::sessionReplaced);
        keyspace.session().lease().onReplaced(election::sessionReplaced);
        return store;
    }

    static CompletableFuture<MetadataStore> open(Keyspace keyspace, ClusterSetup setup) {
        return setup.open().thenCompose(opened -> {
            EtcdMetadataStore store = new EtcdMetadataStore(keyspace);
            return store.membership.start().thenApply(read -> store);
        });
    }

    /** The lease that this store's registrations and locks hang on; 0 while it needs none. */
    long leaseId() {
        return session.lease().id();
    }

    @Override
    public CompletionStage<LedgerId> generateLedgerId() {
        return clean(ids.next());
    }

    @Override
    public CompletionStage<CreateOutcome> create(LedgerId ledger, LedgerMetadata metadata) {
        return clean(records.create(ledger, metadata));
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> read(LedgerId ledger) {
        return clean(records.read(ledger));
    }

    @Override
    public CompletionStage<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion) {
        return clean(records.swap(ledger, metadata, expectedVersion));
    }

    @Override
    public CompletionStage<Void> delete(LedgerId ledger) {
        return clean(records.delete(ledger));
    }

    @Override
    public Subscription watch(LedgerId ledger, Consumer<Optional<Versioned<LedgerMetadata>>> listener) {
        return KeyWatch.start(
                keyspace, keyspace.keys().ledger(ledger), entry -> LedgerRecords.parse(ledger, entry), listener);
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        return clean(listing.page(after, limit));
    }

    @Override
    public BookieSnapshot bookies() {
        return membership.seen().snapshot();
    }

    @Override
    public Subscription watchBookies(Consumer<BookieSnapshot> listener) {
        return membership.seen().watch(listener);
    }

    @Override
    public CompletionStage<List<BookieRecord>> bookieRecords() {
        return clean(directory.records());
    }

    @Override
    public CompletionStage<Optional<BookieAddress>> resolve(BookieId bookie) {
        return clean(addresses.resolve(bookie));
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return clean(keyspace.get(keyspace.keys().instanceId())
                .thenApply(found -> found.map(entry -> entry.getValue().toStringUtf8())));
    }

    @Override
    public RecordStore records() {
        return smallRecords;
    }

    @Override
    public RepairStore repairs() {
        return repairs;
    }

    @Override
    public BookieRegistry registry() {
        return registry;
    }

    private <T> CompletionStage<T> clean(CompletableFuture<T> stage) {
        return session.withPublicFailures(stage);
    }

    @Override
    public void close() {
        session.close();
    }
}
