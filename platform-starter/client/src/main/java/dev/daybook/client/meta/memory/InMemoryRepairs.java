package dev.daybook.client.meta.memory;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.Election.Vote;
import dev.daybook.client.meta.repair.RepairChange;
import dev.daybook.client.meta.repair.RepairChange.Expected;
import dev.daybook.client.meta.repair.RepairChange.Outcome;
import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.client.meta.repair.RepairPlaces;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What repair keeps in the heap, as one session sees it. */
final class InMemoryRepairs implements RepairPlaces {
    private final InMemoryMetadataStore store;
    private final RepairState state;

    InMemoryRepairs(InMemoryMetadataStore store, RepairState state) {
        this.store = store;
        this.state = state;
    }

    @Override
    public CompletableFuture<Optional<Versioned<byte[]>>> read(RepairPlace place) {
        return store.locked(() -> state.find(place)).toCompletableFuture();
    }

    @Override
    public CompletableFuture<Outcome> change(RepairChange change) {
        return store.locked(() -> apply(change)).toCompletableFuture();
    }

    private Outcome apply(RepairChange change) {
        Optional<Vote> term = change.term();
        if (term.isPresent() && !state.stands(term.get())) {
            return Outcome.TERM_OVER;
        }
        if (!fits(change, state.find(change.place()))) {
            return Outcome.CONFLICT;
        }
        change.bytes().ifPresentOrElse(bytes -> state.put(change.place(), bytes), () -> state.remove(change.place()));
        return Outcome.CHANGED;
    }

    private static boolean fits(RepairChange change, Optional<Versioned<byte[]>> found) {
        if (change.expected() instanceof Expected.Version expected) {
            return found.filter(stored -> stored.version() == expected.version())
                    .isPresent();
        }
        if (change.expected() instanceof Expected.Nothing) {
            return found.isEmpty();
        }
        return found.isPresent() || change.bytes().isPresent();
    }

    @Override
    public Subscription watch(RepairPlace place, Consumer<Optional<Versioned<byte[]>>> listener) {
        InMemoryMetadataStore.Silenced<Optional<Versioned<byte[]>>> follower = store.new Silenced<>(listener);
        return store.follow(
                state.placeListeners,
                new RepairState.PlaceListener(place, follower),
                follower,
                () -> state.find(place));
    }

    @Override
    public CompletableFuture<SortedMap<LedgerId, byte[]>> marks(Optional<LedgerId> after, int limit) {
        return store.locked(() -> {
                    SortedMap<LedgerId, byte[]> page = new TreeMap<>();
                    Map<LedgerId, Versioned<byte[]>> rest =
                            after.isPresent() ? state.marks.tailMap(after.get(), false) : state.marks;
                    rest.entrySet().stream()
                            .limit(limit)
                            .forEach(mark -> page.put(
                                    mark.getKey(), mark.getValue().value().clone()));
                    return page;
                })
                .toCompletableFuture();
    }

    @Override
    public Subscription watchMarks(Runnable listener) {
        InMemoryMetadataStore.Silenced<Boolean> follower = store.new Silenced<>(changed -> listener.run());
        return store.follow(state.workListeners, follower, follower, () -> true);
    }

    @Override
    public CompletableFuture<Boolean> takeLock(LedgerId ledger, byte[] holder) {
        return store.locked(() -> {
                    RepairState.Lock present =
                            state.locks.putIfAbsent(ledger, new RepairState.Lock(store, holder.clone()));
                    if (present == null) {
                        state.tellWork();
                    }
                    return present == null || present.owner() == store;
                })
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<Void> giveBackLock(LedgerId ledger) {
        return store.locked(() -> {
                    RepairState.Lock present = state.locks.get(ledger);
                    if (present != null && present.owner() == store) {
                        state.locks.remove(ledger);
                        state.tellWork();
                    }
                    return ledger;
                })
                .thenAccept(given -> {})
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<SortedMap<LedgerId, byte[]>> locks() {
        return store.locked(() -> {
                    SortedMap<LedgerId, byte[]> held = new TreeMap<>();
                    state.locks.forEach(
                            (ledger, lock) -> held.put(ledger, lock.holder().clone()));
                    return held;
                })
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<Void> post(String name, byte[] notice) {
        return store.locked(() -> state.notices.put(name, new RepairState.Notice(store, notice.clone())))
                .thenAccept(before -> {})
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<SortedMap<String, byte[]>> notices() {
        return store.locked(() -> {
                    SortedMap<String, byte[]> posted = new TreeMap<>();
                    state.notices.forEach(
                            (name, notice) -> posted.put(name, notice.bytes().clone()));
                    return posted;
                })
                .toCompletableFuture();
    }
}
