package dev.daybook.simulator.client;

import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.simulator.world.Actor;
import java.util.List;
import java.util.function.Consumer;

/** What one client sees of the cluster: who was registered when it last heard, where they stand, whom it leaves alone. */
final class ClusterView {
    private final Surroundings around;
    private final Actor process;
    private final BookieHealth health;
    private List<BookieId> registered;

    ClusterView(Surroundings around, Actor process) {
        this.around = around;
        this.process = process;
        this.health = new BookieHealth(around.world(), process, around.mix().health());
        this.registered = around.metadata().bookies();
        for (BookieId bookie : registered) {
            if (around.world().dice().chance(around.mix().prejudicePercent())) {
                health.unreachable(bookie);
            }
        }
    }

    BookieHealth health() {
        return health;
    }

    /** Asks who is registered now. */
    ClusterSnapshot refreshed() {
        registered = around.metadata().bookies();
        return snapshot();
    }

    ClusterSnapshot snapshot() {
        return new ClusterSnapshot(registered)
                .withLocations(around.mix().placement().locations())
                .withQuarantined(health.quarantined());
    }

    /** Goes on hearing of changes. */
    void follow(Consumer<ClusterSnapshot> whenChanged) {
        around.metadata().watchBookies(process, list -> {
            registered = list;
            whenChanged.accept(snapshot());
        });
        health.onQuarantineChanged(() -> whenChanged.accept(snapshot()));
    }
}
