package dev.daybook.server.autorecovery;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.RepairStore.HeldLock;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.job.JobCourse;
import dev.daybook.core.job.Relocation;
import dev.daybook.core.job.Verdict;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Moves one ledger after the other as a job wants it, each under its lock: copies first, metadata after them, by the same
 * repair that follows the loss of a bookie. Belongs to the loop.
 */
final class LedgerMover implements LedgerSearch {
    private final SerialLoop loop;
    private final MetadataStore store;
    private final LedgerRepairs repairs;
    private final String holder;
    private final JobCourse course;
    private final Set<RepairRun> underWay = new HashSet<>();

    /** How often all locks were lost with a session. */
    private long losses;

    LedgerMover(SerialLoop loop, MetadataStore store, LedgerRepairs repairs, String holder, JobCourse course) {
        this.loop = loop;
        this.store = store;
        this.repairs = repairs;
        this.holder = holder;
        this.course = course;
    }

    @Override
    public CompletionStage<Void> look(LedgerId ledger) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.ask(
                () -> store.read(ledger),
                found -> found.ifPresentOrElse(
                        record -> new Turn(ledger, record.value(), done).begin(), () -> done.complete(null)),
                failure -> onUnread(ledger, failure, done));
        return done;
    }

    /** Somebody else may have them: what is under way ends, and the next pass asks for locks again. */
    void onLocksLost() {
        losses++;
        List.copyOf(underWay).forEach(RepairRun::abandon);
    }

    private void onUnread(LedgerId ledger, Throwable failure, CompletableFuture<Void> done) {
        if (Causes.reason(failure).equals(Optional.of(LedgerException.Reason.METADATA_CORRUPT))) {
            course.onUnreadable(ledger, Causes.sentence(failure));
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /** What happens to one ledger in one pass. */
    private final class Turn {
        private final LedgerId ledger;
        private final LedgerMetadata metadata;
        private final CompletableFuture<Void> done;
        private long lossesBefore;

        Turn(LedgerId ledger, LedgerMetadata metadata, CompletableFuture<Void> done) {
            this.ledger = ledger;
            this.metadata = metadata;
            this.done = done;
        }

        void begin() {
            Verdict verdict = course.judge(ledger, metadata, loop.nowMillis());
            if (verdict != Verdict.MOVE && verdict != Verdict.RECOVER) {
                done.complete(null);
                return;
            }
            lossesBefore = losses;
            loop.ask(
                    () -> store.repairs().lock(ledger, holder),
                    lock -> lock.ifPresentOrElse(held -> work(verdict, held), this::onLocked),
                    this::fail);
        }

        private void onLocked() {
            Consumer<String> tell = who -> {
                course.onLocked(ledger, metadata, who);
                done.complete(null);
            };
            loop.ask(
                    () -> store.repairs().locks(),
                    locks -> tell.accept(locks.stream()
                            .filter(lock -> lock.ledger().equals(ledger))
                            .map(HeldLock::holder)
                            .findFirst()
                            .orElse("")),
                    failure -> tell.accept(""));
        }

        private void work(Verdict verdict, LedgerLock lock) {
            if (verdict == Verdict.MOVE) {
                move(metadata, lock);
            } else {
                loop.ask(
                        () -> repairs.recover(ledger),
                        closed -> move(closed, lock),
                        failure -> giveBack(lock, () -> fail(failure)));
            }
        }

        private void move(LedgerMetadata present, LedgerLock lock) {
            if (losses != lossesBefore) {
                giveBack(lock, this::onLocked);
                return;
            }
            Relocation wish = course.relocation(ledger, present);
            RepairRequest request = new RepairRequest(
                    Set.of(wish.from()),
                    Set.of(),
                    wish.to().map(to -> Map.of(wish.from(), to)).orElseGet(Map::of),
                    0);
            RepairRun run = repairs.repair(ledger, request);
            underWay.add(run);
            loop.ask(
                    run::end,
                    report -> {
                        underWay.remove(run);
                        giveBack(lock, () -> {
                            course.onRepaired(ledger, present, report.outcome(), report.tally(), loop.nowMillis());
                            done.complete(null);
                        });
                    },
                    failure -> {
                        underWay.remove(run);
                        giveBack(lock, () -> fail(failure));
                    });
        }

        /** One that cannot be given back is given back when the store settles. */
        private void giveBack(LedgerLock lock, Runnable then) {
            loop.ask(lock::release, released -> then.run(), failure -> then.run());
        }

        private void fail(Throwable failure) {
            course.onFailed(ledger, metadata, Causes.sentence(failure));
            done.complete(null);
        }
    }
}
