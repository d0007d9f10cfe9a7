package dev.daybook.simulator.meta;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.protocol.format.LedgerMetadataFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.simulator.world.Actor;
import dev.daybook.simulator.world.BrokenRule;
import dev.daybook.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The records of all ledgers, with versions, and the list of bookies; as a single copy behind a bad line. */
public final class MetadataService {
    /** Of the cluster. */
    public static final String INSTANCE = "simulated";

    private static final int TIMEOUT_TICKS = 200;
    private static final int HALF = 50;

    private final World world;
    private final List<RecordWatch> watches = new ArrayList<>();
    private final Map<Long, Stored> records = new TreeMap<>();

    /** What each record was before its last change. */
    private final Map<Long, Stored> former = new TreeMap<>();

    private final TreeSet<BookieId> registered = new TreeSet<>();
    private final TreeSet<BookieId> everRegistered = new TreeSet<>();
    private final Map<Actor, Session> sessions = new HashMap<>();
    private final RepairDesk desk;
    private final List<Consumer<List<BookieId>>> members = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final List<ProposalWatch> proposals = new ArrayList<>();
    private MetadataWeather weather;
    private long awayUntil;
    private boolean nextIsLate;
    private long nextLedgerId = 1;

    private record Stored(byte[] bytes, long version) {
        Versioned<LedgerMetadata> parse() {
            return new Versioned<>(LedgerMetadataFormat.parse(bytes, OptionalLong.empty()), version);
        }
    }

    /** An operation that its client waits for. */
    private static final class Pending {
        private final Actor client;
        private final Runnable whenUnknown;
        private boolean answered;

        Pending(Actor client, Runnable whenUnknown) {
            this.client = client;
            this.whenUnknown = whenUnknown;
        }

        void answer(Runnable how) {
            if (!answered) {
                answered = true;
                client.act(how);
            }
        }
    }

    public MetadataService(World world, MetadataWeather weather, RecordWatch watch) {
        this.world = world;
        this.weather = weather;
        this.watches.add(watch);
        this.desk = new RepairDesk(world);
    }

    World world() {
        return world;
    }

    /** What auditors and workers leave for each other. */
    public RepairDesk desk() {
        return desk;
    }

    /** From the service to a client. */
    long delay() {
        return world.ticks(weather.delayMax());
    }

    /** As an auditor, worker or garbage collector reaches it, in sessions of its own. */
    public MetadataStore connect(Actor client, Futures futures) {
        client.neverRests();
        Session session = new Session(world, client, desk);
        sessions.put(client, session);
        return new SimMetadataStore(this, session, futures);
    }

    // Faults.

    /** Nobody reaches the service for a while. */
    public void goAway(long ticks) {
        world.saw("fault: metadata outage");
        awayUntil = Math.max(awayUntil, world.now() + ticks);
    }

    /** The session of this client ends: nothing that is under way is answered. */
    public void expireSession(Actor client) {
        world.saw("fault: session expired");
        for (Pending each : List.copyOf(pending)) {
            if (each.client == client) {
                each.answer(each.whenUnknown);
            }
        }
        Optional.ofNullable(sessions.get(client)).ifPresent(Session::expire);
    }

    /** The operation that is asked for next happens after its client was told that nobody knows. */
    public void makeNextLate() {
        nextIsLate = true;
    }

    public void heal() {
        weather = weather.calm();
        awayUntil = 0;
    }

    public boolean isAway() {
        return world.now() < awayUntil;
    }

    // The truth, for whoever judges.

    public Optional<LedgerMetadata> stored(long ledgerId) {
        return Optional.ofNullable(records.get(ledgerId))
                .map(stored -> stored.parse().value());
    }

    public List<Long> ledgerIds() {
        return List.copyOf(records.keySet());
    }

    // Operations.

    /** An id that no ledger has, not even one that is deleted. */
    public long newLedgerId() {
        return nextLedgerId++;
    }

    /** How a creation ended. */
    public enum Creation {
        CREATED,
        EXISTS,
        UNKNOWN
    }

    public void create(Actor client, long ledgerId, LedgerMetadata metadata, Consumer<Creation> then) {
        perform(
                "create record",
                client,
                () -> {
                    if (records.containsKey(ledgerId)) {
                        return Creation.EXISTS;
                    }
                    put(ledgerId, metadata, 0, client.name());
                    return Creation.CREATED;
                },
                () -> Creation.UNKNOWN,
                then);
    }

    /** Sees every change of a record, after those that see it already. */
    public void watchRecords(RecordWatch watch) {
        watches.add(watch);
    }

    /** Tells of every change of a record when a client asks for it, before anything else happens. */
    public void watchProposals(ProposalWatch watching) {
        proposals.add(watching);
    }

    public void swap(Actor client, long ledgerId, LedgerMetadata next, long expectedVersion, Consumer<SwapReply> then) {
        stored(ledgerId).ifPresent(current -> proposals.forEach(each -> each.onProposed(client, current, next)));
        perform(
                "swap record",
                client,
                () -> {
                    Stored stored = records.get(ledgerId);
                    if (stored == null) {
                        return new SwapReply.Gone();
                    }
                    if (stored.version() != expectedVersion) {
                        world.saw("sometimes: metadata conflict");
                        return new SwapReply.Conflict();
                    }
                    put(ledgerId, next, expectedVersion + 1, client.name());
                    return new SwapReply.Swapped(expectedVersion + 1);
                },
                SwapReply.Unknown::new,
                then);
    }

    private void put(long ledgerId, LedgerMetadata metadata, long version, String process) {
        Stored before = records.get(ledgerId);
        Stored after = new Stored(LedgerMetadataFormat.serialize(metadata), version);
        BrokenRule.require(
                after.parse().value().equals(metadata), "I6", ledgerId, "a record is read as it was written");
        records.put(ledgerId, after);
        if (before != null) {
            former.put(ledgerId, before);
        }
        world.tell(ledgerId, () -> process + " stores version " + version + " " + show(metadata));
        Optional<LedgerMetadata> old =
                Optional.ofNullable(before).map(stored -> stored.parse().value());
        watches.forEach(watch -> watch.onStored(ledgerId, old, metadata, process));
    }

    /** For instance {@code CLOSED@7/70 0:b1,b2,b3}. */
    public static String show(LedgerMetadata metadata) {
        StringBuilder text = new StringBuilder(metadata.state().name());
        metadata.end()
                .ifPresent(end ->
                        text.append('@').append(end.lastEntryId()).append('/').append(end.length()));
        metadata.fragments()
                .forEach(fragment -> text.append(' ')
                        .append(fragment.firstEntryId())
                        .append(':')
                        .append(fragment.ensemble()));
        return text.toString();
    }

    public void read(Actor client, long ledgerId, Consumer<MetadataReply> then) {
        perform(
                "read record",
                client,
                () -> Optional.ofNullable(records.get(ledgerId))
                        .<MetadataReply>map(stored -> new MetadataReply.Found(stored.parse()))
                        .orElseGet(MetadataReply.Gone::new),
                () -> new MetadataReply.Failed("The metadata service did not answer."),
                then);
    }

    /** As an open sees it that does not insist on the newest: perhaps one change late. */
    public void readPerhapsStale(Actor client, long ledgerId, Consumer<MetadataReply> then) {
        Stored old = former.get(ledgerId);
        if (old != null && records.containsKey(ledgerId) && world.dice().chance(weather.stalePercent())) {
            world.saw("fault: stale record");
            world.after(
                    world.ticks(weather.delayMax()),
                    () -> client.act(() -> then.accept(new MetadataReply.Found(old.parse()))));
        } else {
            read(client, ledgerId, then);
        }
    }

    /** Tells true when the record is certainly gone, false if that is unknown. */
    public void delete(Actor client, long ledgerId, Consumer<Boolean> then) {
        perform(
                "delete record",
                client,
                () -> {
                    if (records.remove(ledgerId) != null) {
                        world.tell(ledgerId, () -> client.name() + " deletes the record");
                        watches.forEach(watch -> watch.onDeleted(ledgerId));
                    }
                    return true;
                },
                () -> false,
                then);
    }

    /** Ledgers above {@code after}, in order; empty if the service does not answer. A bad service leaves some out. */
    void list(Actor client, Optional<LedgerId> after, Consumer<Optional<List<LedgerId>>> then) {
        boolean partial = world.dice().chance(weather.partialListPercent());
        perform(
                "list records",
                client,
                () -> {
                    List<LedgerId> all = new ArrayList<>();
                    for (long id : records.keySet()) {
                        boolean wanted = after.map(last -> last.value() < id).orElse(true);
                        if (wanted && !(partial && world.dice().chance(HALF))) {
                            all.add(new LedgerId(id));
                        }
                    }
                    if (partial) {
                        world.saw("fault: partial listing");
                    }
                    return Optional.of(all);
                },
                Optional::empty,
                then);
    }

    <R> void perform(
            String what, Actor client, Supplier<? extends R> action, Supplier<? extends R> unknown, Consumer<R> then) {
        Pending call = new Pending(client, () -> then.accept(unknown.get()));
        pending.add(call);
        Runnable giveUp = () -> {
            pending.remove(call);
            call.answer(call.whenUnknown);
        };
        long there = world.ticks(weather.delayMax());
        boolean late = nextIsLate;
        nextIsLate = false;
        if (isAway() || world.dice().chance(weather.lostRequestPercent())) {
            world.saw("fault: metadata request lost");
            client.unlessAnswered(TIMEOUT_TICKS, giveUp);
            return;
        }
        if (world.dice().chance(weather.lostReplyPercent())) {
            world.saw("fault: metadata reply lost");
            world.after(there, () -> unheard(action));
            client.unlessAnswered(TIMEOUT_TICKS, giveUp);
            return;
        }
        if (late || world.dice().chance(weather.latePercent())) {
            world.saw("fault: metadata change late");
            world.after(there, giveUp);
            world.after(there + world.ticks(2L * TIMEOUT_TICKS), () -> unheard(action));
            return;
        }
        client.unlessAnswered(TIMEOUT_TICKS, giveUp);
        world.pass(
                () -> what + " " + client.name(),
                () -> world.after(there, () -> {
                    R reply = action.get();
                    world.after(world.ticks(weather.delayMax()), () -> {
                        pending.remove(call);
                        call.answer(() -> then.accept(reply));
                    });
                }));
    }

    /** It happens, and nobody is told. */
    private void unheard(Supplier<?> action) {
        Object reply = action.get();
        world.tell(BrokenRule.NO_LEDGER, () -> "nobody hears " + reply);
    }

    // Membership.

    public void register(BookieId bookie) {
        everRegistered.add(bookie);
        if (registered.add(bookie)) {
            desk.registrationChanged(bookie, true);
            tellMembers();
        }
    }

    public void unregister(BookieId bookie) {
        if (registered.remove(bookie)) {
            desk.registrationChanged(bookie, false);
            tellMembers();
        }
    }

    public List<BookieId> bookies() {
        return List.copyOf(registered);
    }

    /** Those that have a cookie. */
    List<BookieId> everRegistered() {
        return List.copyOf(everRegistered);
    }

    /** Tells the bookies that take entries, after each change and a little late. */
    public void watchBookies(Actor client, Consumer<List<BookieId>> listener) {
        members.add(list ->
                world.after(world.ticks(2L * weather.delayMax()), () -> client.act(() -> listener.accept(bookies()))));
    }

    private void tellMembers() {
        members.forEach(member -> member.accept(bookies()));
    }
}
