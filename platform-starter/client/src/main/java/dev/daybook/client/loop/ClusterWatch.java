package dev.daybook.client.loop;

import dev.daybook.client.LedgerAdmin.DiskUsage;
import dev.daybook.client.PlacementConfig;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.net.NetworkLoop;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.NetworkLocation;
import dev.daybook.protocol.model.BookieId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts together what cores see of the cluster: who is registered, where bookies stand, and how much room they have. All
 * state belongs to one loop; the snapshots go to all of them.
 */
final class ClusterWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

    private final NetworkLoop loop;
    private final PlacementConfig config;
    private final Function<BookieId, CompletionStage<DiskUsage>> askForRoom;
    private final Consumer<ClusterSnapshot> whenChanged;

    private @Nullable BookieSnapshot bookies;
    /** Absent until the first word: a ledger must not be placed blindly because one answer came before the other. */
    private @Nullable Map<BookieId, NetworkLocation> locations;

    private final Map<BookieId, Long> freeBytes = new HashMap<>();
    private final Set<BookieId> asked = new HashSet<>();
    private Optional<Subscription> bookieWatch = Optional.empty();
    private Optional<Subscription> locationWatch = Optional.empty();

    /**
     * @param loop the one that owns this
     * @param whenChanged called on that loop
     */
    ClusterWatch(
            NetworkLoop loop,
            PlacementConfig config,
            Function<BookieId, CompletionStage<DiskUsage>> askForRoom,
            Consumer<ClusterSnapshot> whenChanged) {
        this.loop = loop;
        this.config = config;
        this.askForRoom = askForRoom;
        this.whenChanged = whenChanged;
    }

    /** Call once. */
    void start(MetadataStore store) {
        bookieWatch = Optional.of(store.watchBookies(heard -> loop.execute(() -> onBookies(heard))));
        locationWatch = Optional.of(store.watchLocations(heard -> loop.execute(() -> onLocations(heard))));
        if (config.weights().used()) {
            askAgainLater();
        }
    }

    void close() {
        bookieWatch.ifPresent(Subscription::close);
        locationWatch.ifPresent(Subscription::close);
    }

    private void onBookies(BookieSnapshot heard) {
        bookies = heard;
        askForRoomOf(heard.writable().stream()
                .filter(bookie -> !freeBytes.containsKey(bookie))
                .toList());
        publish();
    }

    private void onLocations(Map<BookieId, String> heard) {
        Map<BookieId, NetworkLocation> known = new HashMap<>();
        heard.forEach((bookie, path) -> put(known, bookie, path));
        config.topology().locations().forEach((name, path) -> put(known, new BookieId(name), path));
        locations = known;
        publish();
    }

    private static void put(Map<BookieId, NetworkLocation> known, BookieId bookie, String path) {
        try {
            known.put(bookie, NetworkLocation.parse(path));
        } catch (IllegalArgumentException e) {
            LOG.warn("the network location of bookie {} is ignored: {}", bookie, e.getMessage());
        }
    }

    private void publish() {
        if (bookies != null && locations != null) {
            whenChanged.accept(new ClusterSnapshot(
                    bookies.writable(), Set.copyOf(bookies.readOnly()), Set.of(), locations, freeBytes));
        }
    }

    private void askAgainLater() {
        loop.schedule(
                () -> {
                    if (bookies != null) {
                        askForRoomOf(bookies.writable());
                    }
                    askAgainLater();
                },
                config.weights().interval());
    }

    /** An old number is better than none, so failures change nothing. */
    private void askForRoomOf(Collection<BookieId> whom) {
        if (!config.weights().used()) {
            return;
        }
        for (BookieId bookie : List.copyOf(whom)) {
            if (asked.add(bookie)) {
                askForRoom
                        .apply(bookie)
                        .whenComplete((usage, failure) -> loop.execute(() -> {
                            asked.remove(bookie);
                            if (failure == null) {
                                freeBytes.put(bookie, usage.freeBytes());
                                publish();
                            } else {
                                LOG.debug("the free space of bookie {} is not known", bookie, failure);
                            }
                        }));
            }
        }
    }
}
