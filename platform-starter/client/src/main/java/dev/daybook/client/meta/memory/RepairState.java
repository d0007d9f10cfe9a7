package dev.daybook.client.meta.memory;

import dev.daybook.client.meta.repair.Election.Vote;
import dev.daybook.client.meta.repair.Election.VoteListener;
import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What repair keeps of one cluster. Every access holds the cluster's lock. */
final class RepairState {
    /** A lock, held as long as the session that took it. */
    record Lock(InMemoryMetadataStore owner, byte[] holder) {}

    /** Something put up for others to read, as long as the session that did it. */
    record Notice(InMemoryMetadataStore owner, byte[] bytes) {}

    /** A candidate's vote, which stands as long as the session that cast it. */
    record Cast(InMemoryMetadataStore owner, Vote vote, byte[] bytes, VoteListener listener) {}

    /** Someone who follows one place. */
    record PlaceListener(RepairPlace place, Consumer<Optional<Versioned<byte[]>>> listener) {}

    final TreeMap<LedgerId, Versioned<byte[]>> marks = new TreeMap<>();
    final TreeMap<LedgerId, Lock> locks = new TreeMap<>();
    final TreeMap<String, Notice> notices = new TreeMap<>();
    final List<PlaceListener> placeListeners = new ArrayList<>();
    final List<Consumer<Boolean>> workListeners = new ArrayList<>();
    private final Map<RepairPlace.Single, Versioned<byte[]>> singles = new EnumMap<>(RepairPlace.Single.class);
    private final List<Cast> votes = new ArrayList<>();
    private final Deliveries deliveries;
    private @Nullable Vote office;
    private long lastVersion;
    private long lastEpoch;

    RepairState(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    Optional<Versioned<byte[]>> find(RepairPlace place) {
        return Optional.ofNullable(
                        place instanceof RepairPlace.Mark mark ? marks.get(mark.ledger()) : singles.get(place))
                .map(stored -> new Versioned<>(stored.value().clone(), stored.version()));
    }

    /** One counter for all places, so that no version comes back. */
    void put(RepairPlace place, byte[] bytes) {
        Versioned<byte[]> stored = new Versioned<>(bytes.clone(), ++lastVersion);
        if (place instanceof RepairPlace.Mark mark) {
            marks.put(mark.ledger(), stored);
        } else {
            singles.put((RepairPlace.Single) place, stored);
        }
        tell(place);
    }

    void remove(RepairPlace place) {
        if (place instanceof RepairPlace.Mark mark) {
            marks.remove(mark.ledger());
        } else {
            singles.remove(place);
        }
        tell(place);
    }

    private void tell(RepairPlace place) {
        for (PlaceListener follower : placeListeners) {
            if (follower.place().equals(place)) {
                Optional<Versioned<byte[]>> present = find(place);
                deliveries.add(() -> follower.listener().accept(present));
            }
        }
        if (place instanceof RepairPlace.Mark) {
            tellWork();
        }
    }

    void tellWork() {
        workListeners.forEach(listener -> deliveries.add(() -> listener.accept(true)));
    }

    Optional<Cast> winner() {
        return votes.stream().findFirst();
    }

    boolean stands(Vote vote) {
        return votes.stream().anyMatch(cast -> cast.vote().equals(vote));
    }

    boolean stands(InMemoryMetadataStore owner) {
        return votes.stream().anyMatch(cast -> cast.owner() == owner);
    }

    void cast(InMemoryMetadataStore owner, byte[] bytes, VoteListener listener) {
        long epoch = ++lastEpoch;
        votes.add(new Cast(owner, new Vote("vote " + epoch, epoch), bytes, listener));
        elect();
    }

    void withdraw(VoteListener listener) {
        votes.removeIf(cast -> cast.listener() == listener);
        elect();
    }

    private void elect() {
        if (votes.isEmpty() || votes.get(0).vote().equals(office)) {
            return;
        }
        Cast first = votes.get(0);
        office = first.vote();
        deliveries.add(() -> first.listener().elected(first.vote()));
    }

    /** Candidates stand again in their next session, behind all others. */
    void endSession(InMemoryMetadataStore owner) {
        List<Cast> lost = votes.stream().filter(cast -> cast.owner() == owner).toList();
        votes.removeAll(lost);
        for (Cast cast : lost) {
            if (cast.vote().equals(office)) {
                deliveries.add(cast.listener()::ended);
            }
        }
        elect();
        lost.forEach(cast -> cast(owner, cast.bytes(), cast.listener()));
        endPossessions(owner);
    }

    /** Nothing of a store that was closed stands any more. */
    void close(InMemoryMetadataStore owner) {
        votes.removeIf(cast -> cast.owner() == owner);
        elect();
        endPossessions(owner);
    }

    private void endPossessions(InMemoryMetadataStore owner) {
        notices.values().removeIf(notice -> notice.owner() == owner);
        if (locks.values().removeIf(lock -> lock.owner() == owner)) {
            tellWork();
        }
    }
}
