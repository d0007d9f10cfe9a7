package dev.daybook.client.meta.repair;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.client.meta.repair.Election.Vote;
import dev.daybook.client.meta.repair.Election.VoteListener;
import dev.daybook.client.meta.repair.RepairChange.Expected;
import dev.daybook.client.meta.repair.RepairChange.Outcome;
import dev.daybook.client.meta.repair.RepairPlace.Mark;
import dev.daybook.client.meta.repair.RepairPlace.Single;
import dev.daybook.core.audit.Search;
import dev.daybook.protocol.format.RepairLimits;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.format.UnderReplicationMark;
import dev.daybook.protocol.format.WorkerReport;
import dev.daybook.protocol.format.WorkerReportFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What all stores do alike about repair, above the places in which they keep it. Thread-safe. */
public final class CommonRepairStore implements RepairStore {
    private static final byte[] EMPTY = {};

    private final RepairPlaces places;
    private final Election election;
    private final LedgerLocks locks;
    private final List<Runnable> lossListeners = new CopyOnWriteArrayList<>();
    private final LongSupplier clockMillis;

    /** @param clockMillis milliseconds since the epoch, for the time of marks */
    public CommonRepairStore(RepairPlaces places, Election election, LongSupplier clockMillis) {
        this.places = places;
        this.election = election;
        this.locks = new LedgerLocks(places);
        this.clockMillis = clockMillis;
    }

    @Override
    public CompletionStage<Void> mark(LedgerId ledger, Set<BookieId> missing) {
        return mark(ledger, missing, Optional.empty());
    }

    /** Most ledgers that are marked are not marked yet. Repeating it after a lost answer changes nothing. */
    private CompletableFuture<Void> mark(LedgerId ledger, Set<BookieId> missing, Optional<Vote> term) {
        List<BookieId> sorted = missing.stream().sorted().toList();
        UnderReplicationMark fresh = new UnderReplicationMark(sorted, OptionalLong.of(clockMillis.getAsLong()));
        Mark place = new Mark(ledger);
        return places.change(RepairChange.create(place, UnderReplicationFormat.serializeMark(fresh), term))
                .thenCompose(outcome -> outcome == Outcome.CONFLICT || outcome == Outcome.UNKNOWN
                        ? extend(ledger, missing, term)
                        : done(outcome, term));
    }

    private CompletableFuture<Void> extend(LedgerId ledger, Set<BookieId> missing, Optional<Vote> term) {
        Mark place = new Mark(ledger);
        return places.read(place).thenCompose(found -> {
            if (found.isEmpty()) {
                return mark(ledger, missing, term);
            }
            List<BookieId> sorted = missing.stream().sorted().toList();
            return RepairValues.mark(ledger, found.get().value())
                    .with(sorted, clockMillis.getAsLong())
                    .map(UnderReplicationFormat::serializeMark)
                    .map(bytes -> places.change(RepairChange.replace(
                                    place, bytes, found.get().version(), term))
                            .thenCompose(outcome -> outcome == Outcome.CONFLICT || outcome == Outcome.UNKNOWN
                                    ? extend(ledger, missing, term)
                                    : done(outcome, term)))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        });
    }

    private static CompletableFuture<Void> done(Outcome outcome, Optional<Vote> term) {
        return outcome == Outcome.TERM_OVER
                ? CompletableFuture.failedFuture(new LedgerException(
                        Reason.METADATA_CONFLICT,
                        "The auditor's term " + term.map(Vote::epoch).orElse(-1L)
                                + " is over, so that it may write nothing; another one may have been elected."))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<Versioned<UnderReplicationMark>>> findMark(LedgerId ledger) {
        return places.read(new Mark(ledger))
                .thenApply(found ->
                        found.map(mark -> new Versioned<>(RepairValues.mark(ledger, mark.value()), mark.version())));
    }

    @Override
    public CompletionStage<Boolean> unmark(LedgerId ledger, long version) {
        Mark place = new Mark(ledger);
        return places.change(RepairChange.remove(place, new Expected.Version(version)))
                .thenCompose(outcome -> outcome == Outcome.CHANGED
                        ? CompletableFuture.completedFuture(true)
                        : places.read(place).thenApply(Optional::isEmpty));
    }

    @Override
    public CompletionStage<List<UnderReplicatedLedger>> marked(Optional<LedgerId> after, int limit) {
        if (limit < 1) {
            return CompletableFuture.completedFuture(List.of());
        }
        settleLocks();
        return places.marks(after, limit).thenCombine(places.locks(), CommonRepairStore::join);
    }

    private static List<UnderReplicatedLedger> join(
            SortedMap<LedgerId, byte[]> marks, SortedMap<LedgerId, byte[]> locks) {
        return marks.entrySet().stream()
                .map(entry -> {
                    UnderReplicationMark mark = RepairValues.markInList(entry.getKey(), entry.getValue());
                    return new UnderReplicatedLedger(
                            entry.getKey(),
                            mark.missing(),
                            mark.markedMillis(),
                            Optional.ofNullable(locks.get(entry.getKey())).map(RepairValues::holder));
                })
                .toList();
    }

    @Override
    public Subscription watchMarks(Runnable listener) {
        return places.watchMarks(listener);
    }

    @Override
    public CompletionStage<Optional<LedgerLock>> lock(LedgerId ledger, String holder) {
        return locks.take(ledger, holder);
    }

    @Override
    public void settleLocks() {
        locks.settle();
    }

    @Override
    public CompletionStage<List<HeldLock>> locks() {
        return places.locks()
                .thenApply(held -> held.entrySet().stream()
                        .map(lock -> new HeldLock(lock.getKey(), RepairValues.holder(lock.getValue())))
                        .toList());
    }

    @Override
    public Subscription watchLocksLost(Runnable listener) {
        lossListeners.add(listener);
        return () -> lossListeners.remove(listener);
    }

    /** To be called in each new session, in which nothing of the old one is left. */
    public void sessionReplaced() {
        lossListeners.forEach(Runnable::run);
    }

    @Override
    public CompletionStage<Boolean> enabled() {
        return places.read(Single.DISABLED).thenApply(Optional::isEmpty);
    }

    @Override
    public CompletionStage<Boolean> setEnabled(boolean enabled) {
        RepairChange change = enabled
                ? RepairChange.remove(Single.DISABLED, new Expected.Anything())
                : RepairChange.create(Single.DISABLED, EMPTY, Optional.empty());
        return places.change(change).thenApply(outcome -> outcome != Outcome.CONFLICT);
    }

    @Override
    public Subscription watchEnabled(Consumer<Boolean> listener) {
        return places.watch(Single.DISABLED, new EnabledNews(listener));
    }

    /** Tells changes only: what lies at the place may be replaced without any. */
    private static final class EnabledNews implements Consumer<Optional<Versioned<byte[]>>> {
        private final Consumer<Boolean> listener;
        private Optional<Boolean> told = Optional.empty();

        EnabledNews(Consumer<Boolean> listener) {
            this.listener = listener;
        }

        @Override
        public void accept(Optional<Versioned<byte[]>> disabled) {
            Optional<Boolean> enabled = Optional.of(disabled.isEmpty());
            if (!told.equals(enabled)) {
                told = enabled;
                listener.accept(disabled.isEmpty());
            }
        }
    }

    @Override
    public CompletionStage<Optional<String>> auditor() {
        return election.winner().thenApply(vote -> vote.map(RepairValues::vote));
    }

    @Override
    public Subscription stand(String candidate, ElectionListener listener) {
        return election.stand(candidate, new VoteListener() {
            @Override
            public void elected(Vote vote) {
                listener.elected(new Term(vote));
            }

            @Override
            public void ended() {
                listener.ended();
            }
        });
    }

    private final class Term implements AuditorTerm {
        private final Vote vote;

        Term(Vote vote) {
            this.vote = vote;
        }

        @Override
        public long epoch() {
            return vote.epoch();
        }

        @Override
        public CompletionStage<Void> mark(LedgerId ledger, Set<BookieId> missing) {
            return CommonRepairStore.this.mark(ledger, missing, Optional.of(vote));
        }

        @Override
        public CompletionStage<Void> complete(Search search, long millis) {
            return CommonRepairStore.this.complete(search, millis, Optional.of(vote));
        }
    }

    @Override
    public CompletionStage<OptionalLong> lostBookieDelaySeconds() {
        return places.read(Single.LOST_BOOKIE_DELAY)
                .thenApply(found -> toLong(found.map(Versioned::value).map(RepairValues::delaySeconds)));
    }

    @Override
    public CompletionStage<Void> setLostBookieDelay(long seconds) {
        return places.change(RepairChange.put(Single.LOST_BOOKIE_DELAY, delayBytes(seconds), Optional.empty()))
                .thenAccept(outcome -> {});
    }

    @Override
    public CompletionStage<Long> initialiseLostBookieDelay(long seconds) {
        return places.change(RepairChange.create(Single.LOST_BOOKIE_DELAY, delayBytes(seconds), Optional.empty()))
                .thenCompose(outcome -> lostBookieDelaySeconds())
                .thenApply(stored -> stored.orElse(seconds));
    }

    /** Other implementations read an int. */
    private static byte[] delayBytes(long seconds) {
        if (seconds < 0 || seconds > Integer.MAX_VALUE) {
            throw new LedgerException(
                    Reason.BAD_ARGUMENT,
                    "The delay for lost bookies must be 0 to " + Integer.MAX_VALUE + " seconds, not " + seconds + ".");
        }
        return UnderReplicationFormat.serializeDelaySeconds((int) seconds);
    }

    @Override
    public Subscription watchLostBookieDelay(Consumer<Long> listener) {
        return places.watch(Single.LOST_BOOKIE_DELAY, new DelayNews(listener));
    }

    /** Keeps the first state to itself, which nobody wrote just now. */
    private static final class DelayNews implements Consumer<Optional<Versioned<byte[]>>> {
        private final Consumer<Long> listener;
        private boolean started;

        DelayNews(Consumer<Long> listener) {
            this.listener = listener;
        }

        @Override
        public void accept(Optional<Versioned<byte[]>> stored) {
            if (started) {
                stored.map(Versioned::value).map(RepairValues::delaySeconds).ifPresent(listener);
            }
            started = true;
        }
    }

    @Override
    public CompletionStage<OptionalLong> completed(Search search) {
        return RepairPlace.timeOf(search)
                .map(places::read)
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
                .thenApply(found -> toLong(found.map(Versioned::value).map(RepairValues::checkTime)));
    }

    @Override
    public Subscription watchCompleted(Search search, Consumer<OptionalLong> listener) {
        return RepairPlace.timeOf(search)
                .map(place -> places.watch(
                        place,
                        stored -> listener.accept(
                                toLong(stored.map(Versioned::value).map(RepairValues::checkTime)))))
                .orElse(() -> {});
    }

    @Override
    public CompletionStage<Void> pretendCompleted(Search search, long millis) {
        return complete(search, millis, Optional.empty());
    }

    private CompletableFuture<Void> complete(Search search, long millis, Optional<Vote> term) {
        byte[] bytes = UnderReplicationFormat.serializeCheckTime(millis);
        return RepairPlace.timeOf(search)
                .map(place ->
                        places.change(RepairChange.put(place, bytes, term)).thenCompose(outcome -> done(outcome, term)))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public CompletionStage<RepairLimits> limits() {
        return places.read(Single.LIMITS).thenApply(CommonRepairStore::toLimits);
    }

    @Override
    public CompletionStage<Void> setLimits(RepairLimits limits) {
        return places.change(
                        RepairChange.put(Single.LIMITS, WorkerReportFormat.serializeLimits(limits), Optional.empty()))
                .thenAccept(outcome -> {});
    }

    @Override
    public Subscription watchLimits(Consumer<RepairLimits> listener) {
        return places.watch(Single.LIMITS, stored -> listener.accept(toLimits(stored)));
    }

    private static RepairLimits toLimits(Optional<Versioned<byte[]>> stored) {
        return stored.map(Versioned::value).map(RepairValues::limits).orElse(RepairLimits.NONE);
    }

    @Override
    public CompletionStage<Void> report(WorkerReport report) {
        return places.post(report.id(), WorkerReportFormat.serialize(report));
    }

    @Override
    public CompletionStage<List<WorkerReport>> workers() {
        return places.notices()
                .thenApply(notices -> notices.entrySet().stream()
                        .map(notice -> RepairValues.report(notice.getKey(), notice.getValue()))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static OptionalLong toLong(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
