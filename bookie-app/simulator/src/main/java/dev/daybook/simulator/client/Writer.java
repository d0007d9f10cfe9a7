package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.Placement;
import dev.daybook.core.place.PlacementPolicy;
import dev.daybook.core.write.CompleteAdd;
import dev.daybook.core.write.CompleteClose;
import dev.daybook.core.write.CompleteForce;
import dev.daybook.core.write.LedgerWriter;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.RetryLater;
import dev.daybook.core.write.SendAdd;
import dev.daybook.core.write.SendForce;
import dev.daybook.core.write.Taking;
import dev.daybook.core.write.WriteFailure;
import dev.daybook.core.write.WriterTraffic;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.simulator.bookie.Packets;
import dev.daybook.simulator.check.Values;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.World;
import dev.daybook.verification.history.Call;
import dev.daybook.verification.history.Kind;
import dev.daybook.verification.history.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A client that creates a ledger and appends to it. */
public final class Writer implements WriterTraffic<Packet> {
    private static final int CREATE_ATTEMPTS_MAX = 3;

    private final Surroundings around;
    private final World world;
    private final Actor process;
    private final int number;
    private final WriterPlan plan;
    private final Dice dice;
    private final IdOrder order;
    private final ClusterView view;
    private final PlacementPolicy placement;
    private final Packet.Holdings holdings = new Packet.Holdings();

    /** Entries whose outcome the application waits for, and what the history calls them. */
    private final TreeMap<Long, Integer> waiting = new TreeMap<>();

    /** Acknowledged with deferred sync, and perhaps in memory only. */
    private final TreeMap<Long, Integer> unforced = new TreeMap<>();

    private Optional<LedgerWriter<Packet>> core = Optional.empty();
    private Optional<BookieCalls> bookies = Optional.empty();
    private Optional<Spares> spares = Optional.empty();
    private long ledgerId = -1;
    private int attempts;
    private int appended;
    private final Map<Integer, List<Runnable>> uponAppend = new TreeMap<>();
    private int closing = -1;
    private boolean closed;

    public Writer(Surroundings around, int number, WriterPlan plan) {
        this.around = around;
        this.world = around.world();
        this.number = number;
        this.plan = plan;
        this.dice = world.dice().fork();
        this.order = new IdOrder(dice, plan);
        this.process = new Actor(world, "w" + number);
        this.view = new ClusterView(around, process);
        this.placement = around.placement();
        process.onDeath(() -> around.history().abandon(process.name()));
    }

    public Actor process() {
        return process;
    }

    /** Has something happen at the moment at which the writer makes its n-th append. */
    public void uponAppend(int number, Runnable action) {
        uponAppend.computeIfAbsent(number, none -> new ArrayList<>()).add(action);
    }

    /** Creates the ledger, if enough bookies are there; settles a lost answer by the creation token. */
    public void start() {
        process.act(() -> {
            if (attempts++ < CREATE_ATTEMPTS_MAX) {
                create();
            }
        });
    }

    private void create() {
        ClusterSnapshot cluster = view.refreshed();
        if (!(placement.newEnsemble(cluster, plan.quorum(), Set.of(), dice)
                instanceof Placement.Chosen<List<BookieId>> chosen)) {
            world.saw("sometimes: too few bookies for a ledger");
            world.after(100, this::start);
            return;
        }
        long id = around.metadata().newLedgerId();
        LedgerMetadata metadata = LedgerMetadata.open(
                plan.quorum(),
                new Fragment(0, chosen.choice()),
                new LedgerMetadata.Credentials(Packets.DIGEST, LedgerPassword.EMPTY),
                Map.of(),
                dice.nextLong() | 1);
        int operation = around.history().invoke(process.name(), process.name() + "#" + id, Call.CREATE, id);
        around.metadata().create(process, id, metadata, creation -> {
            switch (creation) {
                case CREATED -> created(operation, id, new Versioned<>(metadata, 0));
                case EXISTS -> around.history().end(operation, Kind.FAIL, "exists");
                case UNKNOWN -> settle(operation, id, metadata);
            }
        });
    }

    private void settle(int operation, long id, LedgerMetadata wanted) {
        around.metadata().read(process, id, reply -> {
            if (reply instanceof MetadataReply.Found found
                    && found.record().value().creationToken() == wanted.creationToken()) {
                world.saw("sometimes: creation with a lost reply");
                created(operation, id, found.record());
            } else {
                around.history().end(operation, Kind.INFO, "unknown");
                start();
            }
        });
    }

    private void created(int operation, long id, Versioned<LedgerMetadata> record) {
        around.history().end(operation, Kind.OK, "");
        ledgerId = id;
        bookies = Optional.of(new BookieCalls(around, process, id, holdings, view.health()));
        Durability durability = plan.kind() == WriterPlan.Kind.DEFERRED ? Durability.DEFERRED_SYNC : Durability.SYNCED;
        core = Optional.of(new LedgerWriter<>(record, durability, placement, view.refreshed(), dice.fork()));
        if (plan.kind() == WriterPlan.Kind.DEFERRED) {
            around.network().listen(process, bookie -> step(() -> writer().onBookieFailed(bookie)));
        }
        spares = Optional.of(new Spares(view.refreshed()));
        view.follow(cluster -> step(() -> clusterChanged(cluster)));
        world.tell(
                id,
                () -> process.name() + " has created " + MetadataService.show(record.value()) + " " + plan.quorum());
        appendLater();
    }

    private void clusterChanged(ClusterSnapshot cluster) {
        world.tell(ledgerId, () -> process.name() + " sees the bookies " + cluster.writable());
        spares.orElseThrow().onClusterChanged(cluster);
        writer().onClusterChanged(cluster);
    }

    private LedgerWriter<Packet> writer() {
        return core.orElseThrow();
    }

    private void appendLater() {
        world.after(
                dice.below(plan.gapMax() + 1),
                () -> process.act(() -> {
                    append();
                    if (appended < plan.appends()) {
                        appendLater();
                    } else if (plan.closes()) {
                        world.after(world.ticks(100), () -> process.act(this::close));
                    } else {
                        world.after(world.ticks(100), () -> process.act(this::force));
                    }
                }));
    }

    /** One entry more than planned. */
    public void appendNow() {
        process.act(this::append);
    }

    private void append() {
        long entryId = order.idOf(appended++);
        uponAppend.getOrDefault(appended, List.of()).forEach(Runnable::run);
        byte[] payload = Values.payload(ledgerId, entryId, number, dice.below(plan.bytesMax()));
        Packet packet = holdings.take(payload);
        step(() -> {
            if (take(entryId, packet, payload.length)) {
                String value = Values.nameOf(ByteBuffer.wrap(payload));
                long bytes = plan.kind() == WriterPlan.Kind.CHOSEN ? Operation.BYTES_UNCOUNTED : payload.length;
                waiting.put(
                        entryId,
                        around.history().invoke(process.name(), handle(), Call.ADD, ledgerId, entryId, value, bytes));
            } else {
                packet.release();
            }
        });
        if (plan.kind() == WriterPlan.Kind.DEFERRED && dice.chance(30)) {
            force();
        }
    }

    private boolean take(long entryId, Packet packet, int bytes) {
        if (plan.kind() != WriterPlan.Kind.CHOSEN) {
            return writer().append(packet, bytes).isPresent();
        }
        boolean taken = writer().append(entryId, packet, bytes) == Taking.TAKEN;
        if (taken && dice.chance(10)) {
            world.saw("sometimes: an id chosen twice");
            Taking again = writer().append(entryId, packet, bytes);
            require(again == Taking.DUPLICATE, "C16", ledgerId, "entry " + entryId + " was taken twice");
        }
        return taken;
    }

    private void force() {
        if (plan.kind() == WriterPlan.Kind.DEFERRED) {
            step(() -> writer().force());
        }
    }

    private String handle() {
        return process.name() + "#" + ledgerId;
    }

    private void close() {
        beginClose();
        step(() -> writer().close());
    }

    private void beginClose() {
        if (closing < 0) {
            closing = around.history().invoke(process.name(), handle(), Call.CLOSE, ledgerId);
        }
    }

    private void step(Runnable call) {
        call.run();
        writer().drainTo(this);
    }

    @Override
    public void sendAdd(SendAdd<Packet> effect) {
        spares.orElseThrow().onAsked(effect.bookie());
        bookies.orElseThrow()
                .add(
                        effect,
                        plan.kind() == WriterPlan.Kind.DEFERRED,
                        reply -> step(() -> {
                            world.tell(
                                    ledgerId,
                                    () -> process.name() + " hears " + reply + " of " + effect.entryId() + " from "
                                            + effect.bookie());
                            writer().onAddReply(effect.position(), effect.bookie(), effect.entryId(), reply);
                        }));
    }

    @Override
    public void releasePayload(ReleasePayload<Packet> effect) {
        effect.payload().release();
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        if (effect.metadata().isClosed()) {
            beginClose();
        } else {
            world.saw("sometimes: ensemble change");
            world.tell(ledgerId, () -> process.name() + " proposes " + MetadataService.show(effect.metadata()));
        }
        around.metadata()
                .swap(
                        process,
                        ledgerId,
                        effect.metadata(),
                        effect.expectedVersion(),
                        reply -> step(() -> writer().onMetadataSwapped(reply)));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        around.metadata().read(process, ledgerId, reply -> step(() -> writer().onMetadataRead(reply)));
    }

    @Override
    public void sendForce(SendForce effect) {
        bookies.orElseThrow()
                .force(
                        effect.bookie(),
                        synced -> step(() ->
                                writer().onForceReply(effect.forceId(), effect.position(), effect.bookie(), synced)));
    }

    @Override
    public void retryLater(RetryLater effect) {
        world.saw("sometimes: writer waits for the metadata service");
        world.after(world.ticks(50), () -> process.act(() -> step(() -> writer().onRetryDue())));
    }

    @Override
    public void completeAdd(CompleteAdd effect) {
        world.tell(ledgerId, () -> process.name() + " is told of " + effect.entryId() + ": " + effect.outcome());
        require(waiting.containsKey(effect.entryId()), "C12", ledgerId, "an append ends once");
        int operation = Objects.requireNonNull(waiting.remove(effect.entryId()));
        if (effect.outcome() instanceof CompleteAdd.Outcome.Failed failed) {
            world.saw("sometimes: add failed by " + failed.failure().kind());
            boolean wanting = failed.failure().kind() == WriteFailure.Kind.NOT_ENOUGH_BOOKIES;
            boolean anybodyWill = plan.kind() != WriterPlan.Kind.DEFERRED
                    && !around.mix().placement().strict();
            if (wanting && anybodyWill) {
                List<BookieId> members = writer().metadata().lastFragment().ensemble();
                spares.orElseThrow().requireNone(ledgerId, process.name(), members);
            }
            around.history().end(operation, Kind.INFO, failed.failure().kind().name());
        } else if (plan.kind() == WriterPlan.Kind.DEFERRED) {
            unforced.put(effect.entryId(), operation);
        } else {
            acknowledged(effect.entryId(), operation);
            tellIdle();
        }
    }

    private void acknowledged(long entryId, int operation) {
        around.truth().onAcknowledged(ledgerId, entryId);
        around.history().end(operation, Kind.OK, "");
    }

    /** What is forced counts, and nothing else. */
    @Override
    public void completeForce(CompleteForce effect) {
        world.tell(ledgerId, () -> process.name() + " has forced: " + effect.outcome());
        if (effect.outcome() instanceof CompleteForce.Outcome.Forced forced) {
            world.saw("sometimes: forced");
            while (!unforced.isEmpty() && unforced.firstKey() <= forced.lastAddConfirmed()) {
                Map.Entry<Long, Integer> next = unforced.pollFirstEntry();
                acknowledged(next.getKey(), next.getValue());
            }
        } else {
            world.saw("sometimes: force failed");
        }
    }

    /** A writer that falls silent says what is confirmed, so that its readers need not wait for the next entry. */
    private void tellIdle() {
        if (waiting.isEmpty() && dice.chance(50)) {
            world.saw("sometimes: explicit last-add-confirmed");
            for (BookieId bookie : writer().metadata().lastFragment().ensemble()) {
                bookies.orElseThrow().writeLac(bookie, writer().lastAddConfirmed());
            }
        }
    }

    @Override
    public void completeClose(CompleteClose effect) {
        world.tell(ledgerId, () -> process.name() + " closes: " + effect.outcome());
        require(!closed, "C12", ledgerId, "a writer is closed once");
        boolean asked = closing >= 0;
        beginClose();
        closed = true;
        giveUpUnforced();
        if (asked && effect.outcome() instanceof CompleteClose.Outcome.Closed done) {
            LedgerMetadata.End end = done.record().value().end().orElseThrow();
            around.history().end(closing, Kind.OK, "", end.lastEntryId(), end.length(), "");
        } else {
            world.saw("sometimes: writer fails to close, or finds the record closed");
            around.history().end(closing, Kind.INFO, effect.outcome().toString());
        }
    }

    private void giveUpUnforced() {
        unforced.values().forEach(operation -> around.history().end(operation, Kind.INFO, "never forced"));
        unforced.clear();
    }

    /** Nothing is under way any more. */
    public void checkAtRest() {
        if (process.isDead() || core.isEmpty()) {
            return;
        }
        giveUpUnforced();
        boolean gap = order.leavesGap();
        require(gap || waiting.isEmpty(), "C12", ledgerId, process.name() + " waits for entries " + waiting.keySet());
        require(gap || holdings.held() == 0, "C13", ledgerId, process.name() + " holds payloads");
        waiting.values().forEach(operation -> around.history().end(operation, Kind.INFO, "behind a gap"));
        waiting.clear();
        require(closed || writer().failure().isEmpty(), "C12", ledgerId, process.name() + " failed and does not close");
    }
}
