package dev.daybook.simulator.repair;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.simulator.check.RepairTruth;
import dev.daybook.simulator.client.SimRepairs;
import dev.daybook.simulator.client.Surroundings;
import dev.daybook.simulator.world.Actor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Takes what one bookie has to others, ledger by ledger and under the lock of each, as a rebalancer does. */
final class Mover {
    private final Surroundings around;
    private final Actor process;
    private final BookieId leaving;
    private final Supplier<Set<BookieId>> allLeaving;
    private final MetadataStore store;
    private final SimRepairs repairs;
    private final Deque<LedgerId> todo = new ArrayDeque<>();
    private boolean moving;

    /** @param allLeaving whoever is emptied at the time, so that nobody of them is given anything */
    Mover(Surroundings around, String name, BookieId leaving, Supplier<Set<BookieId>> allLeaving, RepairTruth truth) {
        this.around = around;
        this.process = new Actor(around.world(), name);
        this.leaving = leaving;
        this.allLeaving = allLeaving;
        this.store = around.metadata().connect(process, CompletableFuture::new);
        this.repairs = new SimRepairs(around, process, truth);
    }

    Actor process() {
        return process;
    }

    BookieId leaving() {
        return leaving;
    }

    /** Goes through all ledgers that name the bookie. */
    void move() {
        process.act(() -> {
            if (!moving) {
                around.metadata().ledgerIds().stream()
                        .filter(id -> around.metadata().stored(id).stream()
                                .flatMap(record -> record.fragments().stream())
                                .anyMatch(fragment -> fragment.ensemble().contains(leaving)))
                        .forEach(id -> todo.add(new LedgerId(id)));
                next();
            }
        });
    }

    private void next() {
        moving = !todo.isEmpty();
        if (!moving) {
            store.repairs().settleLocks();
        } else {
            LedgerId ledger = todo.remove();
            store.repairs().lock(ledger, process.name()).whenComplete((lock, failure) -> {
                if (lock != null && lock.isPresent()) {
                    move(ledger, lock.get());
                } else {
                    next();
                }
            });
        }
    }

    private void move(LedgerId ledger, LedgerLock lock) {
        around.world().saw("sometimes: ledger moved off a bookie");
        RepairRequest request = new RepairRequest(allLeaving.get(), Set.of(), Map.of(), 0);
        repairs.repair(ledger, request)
                .end()
                .whenComplete((report, failure) -> lock.release()
                        .whenComplete((released, lost) -> around.world().after(0, this::next)));
    }
}
