package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.LocationMapping;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.repair.CommonRepairStore;
import dev.daybook.client.meta.repair.SessionElection;
import dev.daybook.client.meta.session.KnownAddresses;
import dev.daybook.client.meta.session.Opening;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerLayout;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metadata store in ZooKeeper. Thread-safe. Survives lost connections and expired sessions: operations are repeated
 * until the operation timeout, watches and registrations are made again. Stages complete on a thread of the store, so
 * what follows them must not block. All threads are daemons and end with {@link #close()}.
 */
public final class ZooKeeperMetadataStore implements MetadataStore {
    private final ZooKeeperSession session;
    private final MetadataTree tree;
    private final LedgerLayout layout;
    private final LedgerIds ids;
    private final LedgerRecords records;
    private final LedgerListing listing;
    private final BookieMembership membership;
    private final BookieDirectory directory;
    private final KnownAddresses addresses;
    private final RepairStore repairs;
    private final BookieRegistry registry;
    private final RecordStore smallRecords;

    private ZooKeeperMetadataStore(MetadataTree tree, LedgerLayout layout) {
        this.session = tree.session();
        this.tree = tree;
        this.layout = layout;
        this.ids = new LedgerIds(tree, layout);
        this.records = new LedgerRecords(tree, layout);
        this.listing = new LedgerListing(tree::childrenOrNone, layout);
        this.membership = new BookieMembership(tree);
        this.directory = new BookieDirectory(tree);
        this.addresses = new KnownAddresses(session.loop(), directory);
        this.repairs = repairs(tree);
        this.registry = new ZooKeeperBookieRegistry(tree);
        this.smallRecords = new ZooKeeperRecords(tree);
    }

    private static RepairStore repairs(MetadataTree tree) {
        RepairSkeleton skeleton = new RepairSkeleton(tree);
        SessionElection election = new SessionElection(
                tree.session().loop(),
                candidate -> new VoteNodes(tree, skeleton, candidate),
                () -> VoteNodes.winner(tree));
        CommonRepairStore store =
                new CommonRepairStore(new RepairNodes(tree, skeleton), election, System::currentTimeMillis);
        // Whoever holds locks hears of the loss before the next term may begin.
        tree.session().onNewSession(store::sessionReplaced);
        tree.session().onNewSession(election::sessionReplaced);
        return store;
    }

    /**
     * Connects to an existing cluster and waits until the service answers. When this fails nothing is left behind.
     *
     * @param connectTimeout limit of the whole call
     * @param sessionTimeout how long the service keeps registrations of a process that it does not hear of
     * @param operationTimeout deadline of each later operation
     * @throws LedgerException if the service does not answer, holds no such cluster, or the cluster has another layout
     *     than the URI asks for
     */
    public static ZooKeeperMetadataStore connect(
            MetadataUri uri, Duration connectTimeout, Duration sessionTimeout, Duration operationTimeout) {
        return connect(
                MetadataAccess.plain(uri, new MetadataTimeouts(connectTimeout, sessionTimeout, operationTimeout)));
    }

    /** As the other one, over connections that are secured. */
    static ZooKeeperMetadataStore connect(MetadataAccess access) {
        ZooKeeperSession session = ZooKeeperSession.open(access);
        return orClose(session, access.timeouts().connect(), () -> open(new MetadataTree(session)));
    }

    /** As {@link #connect}, but creates the cluster first if there is none: for development and for tests. */
    public static ZooKeeperMetadataStore connectOrInitialise(
            MetadataUri uri, Duration connectTimeout, Duration sessionTimeout, Duration operationTimeout) {
        return connectOrInitialise(
                MetadataAccess.plain(uri, new MetadataTimeouts(connectTimeout, sessionTimeout, operationTimeout)));
    }

    static ZooKeeperMetadataStore connectOrInitialise(MetadataAccess access) {
        ZooKeeperSession session = ZooKeeperSession.open(access);
        MetadataTree tree = new MetadataTree(session);
        return orClose(
                session,
                access.timeouts().connect(),
                () -> new ClusterSetup(tree).initialise().thenCompose(created -> open(tree)));
    }

    /**
     * Creates the cluster that the URI names unless it exists.
     *
     * @return true if it was created by this call
     */
    public static boolean initialise(MetadataUri uri, Duration connectTimeout, Duration sessionTimeout) {
        return initialise(
                MetadataAccess.plain(uri, new MetadataTimeouts(connectTimeout, sessionTimeout, connectTimeout)));
    }

    static boolean initialise(MetadataAccess access) {
        return once(access, access.timeouts().connect(), tree -> new ClusterSetup(tree).initialise());
    }

    /** Does the task in a session of its own, whether or not there is a cluster. */
    static <T> T once(MetadataAccess access, Duration timeout, Function<MetadataTree, CompletableFuture<T>> task) {
        try (ZooKeeperSession session = ZooKeeperSession.open(access)) {
            MetadataTree tree = orClose(
                    session,
                    access.timeouts().connect(),
                    () -> CompletableFuture.completedFuture(new MetadataTree(session)));
            return orClose(session, timeout, () -> task.apply(tree));
        }
    }

    private static CompletableFuture<ZooKeeperMetadataStore> open(MetadataTree tree) {
        return new ClusterSetup(tree).open().thenCompose(layout -> {
            ZooKeeperMetadataStore store = new ZooKeeperMetadataStore(tree, layout);
            return store.membership.start().thenApply(read -> store);
        });
    }

    /** Does the task once the session is established; closes the session unless that succeeds in time. */
    private static <T> T orClose(ZooKeeperSession session, Duration timeout, Supplier<CompletableFuture<T>> task) {
        return new Opening(timeout, session.failures(), ZooKeeperMetadataStore::failureOf)
                .orClose(() -> session.connected().thenCompose(established -> task.get()), session::close);
    }

    private static RuntimeException failureOf(@Nullable Throwable cause) {
        return cause instanceof LedgerException failure
                ? failure
                : new IllegalStateException("opening the metadata store failed in an unforeseen way", cause);
    }

    /** How the cluster spreads its ledger records. */
    public LedgerLayout layout() {
        return layout;
    }

    /** The present session's number in the service. */
    long sessionId() {
        return session.zooKeeper().getSessionId();
    }

    @Override
    public CompletionStage<LedgerId> generateLedgerId() {
        return ids.next();
    }

    @Override
    public CompletionStage<CreateOutcome> create(LedgerId ledger, LedgerMetadata metadata) {
        return records.create(ledger, metadata);
    }

    @Override
    public CompletionStage<Optional<Versioned<LedgerMetadata>>> read(LedgerId ledger) {
        return records.read(ledger);
    }

    @Override
    public CompletionStage<SwapOutcome> swap(LedgerId ledger, LedgerMetadata metadata, long expectedVersion) {
        return records.swap(ledger, metadata, expectedVersion);
    }

    @Override
    public CompletionStage<Void> delete(LedgerId ledger) {
        return records.delete(ledger);
    }

    @Override
    public Subscription watch(LedgerId ledger, Consumer<Optional<Versioned<LedgerMetadata>>> listener) {
        return new NodeWatch<>(tree, records.path(ledger), node -> LedgerRecords.parse(ledger, node), listener).start();
    }

    @Override
    public CompletionStage<List<LedgerId>> ledgers(Optional<LedgerId> after, int limit) {
        return tree.sync().thenCompose(synced -> listing.page(after, limit));
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
    public Subscription watchLocations(Consumer<Map<BookieId, String>> listener) {
        return new RackWatch(session, listener).start();
    }

    @Override
    public CompletionStage<Void> storeLocations(Map<BookieId, String> locations) {
        return new RackNode(session).store(LocationMapping.format(locations));
    }

    @Override
    public CompletionStage<List<BookieRecord>> bookieRecords() {
        return directory.records();
    }

    @Override
    public CompletionStage<Optional<BookieAddress>> resolve(BookieId bookie) {
        return addresses.resolve(bookie);
    }

    @Override
    public CompletionStage<Optional<String>> instanceId() {
        return tree.find(MetadataTree.INSTANCE_ID)
                .thenApply(found -> found.map(node -> new String(node.bytes(), StandardCharsets.UTF_8)));
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

    @Override
    public void close() {
        session.close();
    }
}
