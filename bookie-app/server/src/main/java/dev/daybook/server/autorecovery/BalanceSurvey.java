package dev.daybook.server.autorecovery;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerAdmin.DiskUsage;
import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.core.job.BalanceLimits;
import dev.daybook.core.job.BalancePlanner;
import dev.daybook.core.job.BookieLoad;
import dev.daybook.core.job.JobOrder.Rebalance;
import dev.daybook.core.job.JobPlan;
import dev.daybook.core.job.Move;
import dev.daybook.core.place.Adherence;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Plans how bookies are evened out: asks each how full its disks are, counts all ledgers, then offers each to the planner.
 * A move that would make the placement of a ledger worse is left out. Used once; belongs to the loop.
 */
final class BalanceSurvey {
    private static final int LEDGERS_AT_ONCE = 100;
    private static final DiskUsage UNKNOWN = new DiskUsage(0, 0);

    private final SerialLoop loop;
    private final LedgerAdmin admin;
    private final LedgerRepairs repairs;
    private final BalanceLimits limits;
    private final CompletableFuture<JobPlan> planned = new CompletableFuture<>();

    BalanceSurvey(SerialLoop loop, LedgerAdmin admin, LedgerRepairs repairs, BalanceLimits limits) {
        this.loop = loop;
        this.admin = admin;
        this.repairs = repairs;
        this.limits = limits;
    }

    CompletionStage<JobPlan> plan() {
        loop.ask(admin::bookies, this::onBookies, planned::completeExceptionally);
        return planned;
    }

    private void onBookies(List<BookieRecord> records) {
        CompletableFuture<List<BookieLoad>> loads =
                CompletableFuture.completedFuture(Collections.synchronizedList(new ArrayList<>()));
        for (BookieRecord record : records) {
            if (record.state() != BookieRecord.State.DOWN) {
                loads = loads.thenCombine(usage(record.id()), (all, usage) -> {
                    boolean writable = record.state() == BookieRecord.State.WRITABLE;
                    all.add(new BookieLoad(record.id(), writable, usage.totalBytes(), usage.freeBytes()));
                    return all;
                });
            }
        }
        CompletableFuture<List<BookieLoad>> asked = loads;
        loop.ask(() -> asked, all -> count(new BalancePlanner(all, limits)), planned::completeExceptionally);
    }

    /** Who does not say is evened out by the number of its ledgers. */
    private CompletionStage<DiskUsage> usage(BookieId bookie) {
        return admin.diskUsage(bookie).exceptionally(failure -> UNKNOWN);
    }

    private void count(BalancePlanner planner) {
        walk(
                ledger -> read(ledger, (id, metadata) -> {
                    planner.count(metadata);
                    return CompletableFuture.completedFuture(null);
                }),
                () -> offer(planner));
    }

    private void offer(BalancePlanner planner) {
        if (!planner.isOpen()) {
            planned.complete(JobPlan.of(new Rebalance(planner.moves())));
            return;
        }
        walk(
                ledger -> read(
                        ledger,
                        (id, metadata) -> planner.offer(id, metadata)
                                .map(move -> consider(planner, move, metadata))
                                .orElseGet(() -> CompletableFuture.completedFuture(null))),
                () -> planned.complete(JobPlan.of(new Rebalance(planner.moves()))));
    }

    private void walk(LedgerSearch search, Runnable then) {
        new LedgerWalk(loop, admin::ledgers, search, LEDGERS_AT_ONCE, complete -> {
                    if (complete) {
                        then.run();
                    } else {
                        planned.completeExceptionally(new IllegalStateException(
                                "The ledgers could not all be read, so no plan was made: try again."));
                    }
                })
                .start();
    }

    /** What is done with one ledger, on the loop. */
    private interface Reading {
        CompletionStage<Void> with(LedgerId ledger, LedgerMetadata metadata);
    }

    private CompletionStage<Void> read(LedgerId ledger, Reading reading) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.ask(
                () -> admin.ledger(ledger),
                found -> follow(
                        found.map(Versioned::value)
                                .map(metadata -> reading.with(ledger, metadata))
                                .orElseGet(() -> CompletableFuture.completedFuture(null)),
                        done),
                done::completeExceptionally);
        return done;
    }

    private void follow(CompletionStage<Void> stage, CompletableFuture<Void> done) {
        loop.ask(() -> stage, done::complete, done::completeExceptionally);
    }

    private CompletionStage<Void> consider(BalancePlanner planner, Move move, LedgerMetadata metadata) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletionStage<Adherence> before = repairs.adherence(move.ledger(), metadata);
        CompletionStage<Adherence> after = repairs.adherence(move.ledger(), moved(metadata, move));
        loop.ask(
                () -> before.thenCombine(after, (was, is) -> is.compareTo(was) >= 0),
                keepsPlacement -> {
                    if (keepsPlacement) {
                        planner.choose(move);
                    }
                    done.complete(null);
                },
                done::completeExceptionally);
        return done;
    }

    private static LedgerMetadata moved(LedgerMetadata metadata, Move move) {
        List<Fragment> fragments = new ArrayList<>();
        for (Fragment fragment : metadata.fragments()) {
            List<BookieId> ensemble = new ArrayList<>(fragment.ensemble());
            Collections.replaceAll(ensemble, move.from(), move.to());
            fragments.add(new Fragment(fragment.firstEntryId(), ensemble));
        }
        return metadata.withFragments(fragments);
    }
}
