package dev.daybook.simulator.client;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.read.Defect;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.simulator.check.Values;
import dev.daybook.simulator.world.Actor;
import dev.daybook.verification.history.Call;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the reads of one client of one ledger have in common.
 *
 * @param name under which the history knows it
 * @param holdings what its reads were given
 */
record ReadingHandle(
        Surroundings around,
        Actor process,
        long ledgerId,
        String name,
        Packet.Holdings holdings,
        BookieCalls bookies,
        ClusterView view,
        ReplicaOrder order) {

    static ReadingHandle open(Surroundings around, String processName, long ledgerId) {
        Actor process = new Actor(around.world(), processName);
        process.onDeath(() -> around.history().abandon(processName));
        Packet.Holdings holdings = new Packet.Holdings();
        ClusterView view = new ClusterView(around, process);
        view.follow(cluster -> {});
        return new ReadingHandle(
                around,
                process,
                ledgerId,
                processName + "#" + ledgerId,
                holdings,
                new BookieCalls(around, process, ledgerId, holdings, view.health()),
                view,
                new ReplicaOrder(around, view, ledgerId));
    }

    ReadingPlan plan() {
        return around.mix().reading();
    }

    /** Begins an operation that concerns one entry. */
    int invoke(Call call, long entryId) {
        return around.history().invoke(process.name(), name, call, ledgerId, entryId, "", 0);
    }

    void tell(Supplier<String> what) {
        around.world().tell(ledgerId, () -> process.name() + " " + what.get());
    }

    /** Gives the payload back, and says what it was. Judges whether a reader may see it. */
    String take(long wanted, VerifiedEntry<Packet> entry) {
        require(entry.entryId() == wanted, "R5", ledgerId, "entry " + entry.entryId() + " came for " + wanted);
        around.truth().onShown(ledgerId, wanted);
        String value = Values.nameOf(ByteBuffer.wrap(entry.payload().payload()));
        entry.payload().release();
        return value;
    }

    /** Nobody is called a liar whose disk was left alone. */
    void judgeDefects(List<Defect> defects) {
        for (Defect defect : defects) {
            around.world().saw("sometimes: copy found " + defect.kind());
            boolean innocent = defect.kind() == Defect.Kind.CORRUPT
                    && !around.truth().bookie(defect.bookie()).isDestroyed();
            require(!innocent, "R6", ledgerId, defect.bookie() + " is said to hold a damaged copy, and does not");
        }
    }

    /** Once nothing is under way: everything was given back, and nobody is in quarantine for ever. */
    void checkAtRest(int open) {
        if (!process.isDead()) {
            require(open == 0, "C12", ledgerId, "every question of " + process.name() + " ends");
            require(holdings.held() == 0, "C13", ledgerId, process.name() + " holds payloads");
            require(view.health().quarantined().isEmpty(), "R7", ledgerId, process.name() + " forgives nobody");
        }
    }
}
