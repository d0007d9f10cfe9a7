package dev.daybook.simulator.client;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.client.repair.RepairReport;
import dev.daybook.client.repair.RepairRequest;
import dev.daybook.client.repair.RepairRun;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.place.Adherence;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.core.read.LacReader;
import dev.daybook.core.read.LacTraffic;
import dev.daybook.core.read.SendReadLac;
import dev.daybook.core.repair.CheckReport;
import dev.daybook.core.repair.CompleteRepair;
import dev.daybook.core.repair.RepairTally;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.simulator.check.RepairTruth;
import dev.daybook.simulator.world.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Repairs ledgers with the real cores, over the simulated network. */
public final class SimRepairs implements LedgerRepairs {
    private static final RepairTally NOTHING = new RepairTally(0, 0, 0);

    private final Surroundings around;
    private final Actor process;
    private final RepairTruth truth;
    private final ClusterView view;
    private final Packet.Holdings holdings = new Packet.Holdings();
    private final List<CopyWork> underWay = new ArrayList<>();
    private int recoveries;

    public SimRepairs(Surroundings around, Actor process, RepairTruth truth) {
        this.around = around;
        this.process = process;
        this.truth = truth;
        this.view = new ClusterView(around, process);
        view.follow(this::onClusterChanged);
    }

    private void onClusterChanged(ClusterSnapshot cluster) {
        List.copyOf(underWay).forEach(work -> work.onClusterChanged(cluster));
    }

    /** What a repair or a check begins with. */
    record Start(Versioned<LedgerMetadata> record, long lastConfirmed, BookieCalls bookies) {}

    @Override
    public RepairRun repair(LedgerId ledger, RepairRequest request) {
        Run run = new Run();
        truth.onRepairBegun(ledger.value(), process.name());
        find(
                ledger,
                run.end,
                () -> run.end.complete(new RepairReport(new CompleteRepair.Outcome.Gone(), NOTHING)),
                start -> run.begin(
                        new CopyWork(around, process, ledger.value(), start, request, view.snapshot(), truth)));
        return run;
    }

    /** A repair under way. */
    private final class Run implements RepairRun {
        private final CompletableFuture<RepairReport> end = new CompletableFuture<>();
        private Optional<CopyWork> copying = Optional.empty();

        private void begin(CopyWork work) {
            if (end.isDone()) {
                return;
            }
            copying = Optional.of(work);
            underWay.add(work);
            work.start(report -> {
                underWay.remove(work);
                end.complete(report);
            });
        }

        @Override
        public void abandon() {
            copying.filter(underWay::remove).ifPresent(CopyWork::abandon);
            end.completeExceptionally(new LedgerException(Reason.METADATA_CONFLICT, "The repair was given up."));
        }

        @Override
        public CompletionStage<RepairReport> end() {
            return end;
        }

        @Override
        public RepairTally progress() {
            return NOTHING;
        }
    }

    @Override
    public CompletionStage<Optional<CheckReport>> check(LedgerId ledger, RepairRequest request) {
        CompletableFuture<Optional<CheckReport>> end = new CompletableFuture<>();
        find(
                ledger,
                end,
                () -> end.complete(Optional.empty()),
                start -> new CopyCheck(
                                around, start, request.scope(view.snapshot().alive()))
                        .start(report -> end.complete(Optional.of(report))));
        return end;
    }

    private void find(LedgerId ledger, CompletableFuture<?> end, Runnable gone, Consumer<Start> found) {
        BookieCalls bookies = new BookieCalls(around, process, ledger.value(), holdings, view.health());
        around.metadata().read(process, ledger.value(), reply -> {
            if (reply instanceof MetadataReply.Gone) {
                gone.run();
            } else if (!(reply instanceof MetadataReply.Found record)) {
                end.completeExceptionally(
                        new LedgerException(Reason.METADATA_UNAVAILABLE, "The metadata service did not answer."));
            } else if (!view.snapshot().isKnown()) {
                end.completeExceptionally(new LedgerException(Reason.METADATA_UNAVAILABLE, "No bookie is known."));
            } else if (record.record().value().isClosed()) {
                found.accept(new Start(record.record(), -1, bookies));
            } else {
                new LastConfirmed(
                                record.record().value(),
                                bookies,
                                lac -> found.accept(new Start(record.record(), lac, bookies)))
                        .start();
            }
        });
    }

    /** What is not known to be confirmed is not touched. */
    private static final class LastConfirmed implements LacTraffic {
        private final LacReader core;
        private final BookieCalls bookies;
        private final LongConsumer then;

        LastConfirmed(LedgerMetadata metadata, BookieCalls bookies, LongConsumer then) {
            this.core = new LacReader(metadata, -1);
            this.bookies = bookies;
            this.then = then;
        }

        void start() {
            core.start();
            core.drainTo(this);
        }

        @Override
        public void sendReadLac(SendReadLac effect) {
            bookies.readLac(effect.bookie(), Once.of(answer -> {
                core.onLacReply(effect.position(), answer);
                core.drainTo(this);
            }));
        }

        @Override
        public void completeLac(CompleteLac effect) {
            then.accept(
                    effect.outcome() instanceof CompleteLac.Outcome.Confirmed confirmed
                            ? confirmed.lastAddConfirmed()
                            : -1);
        }
    }

    @Override
    public CompletionStage<Adherence> adherence(LedgerId ledger, LedgerMetadata metadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<LedgerMetadata> recover(LedgerId ledger) {
        CompletableFuture<LedgerMetadata> end = new CompletableFuture<>();
        truth.onRecoveryBegun(ledger.value(), process.name());
        String name = process.name() + "." + ++recoveries;
        Recoverer recoverer = new Recoverer(around, process, name, ledger.value());
        recoverer.whenEnded(closed -> {
            if (closed.isPresent()) {
                end.complete(closed.get());
            } else {
                end.completeExceptionally(
                        new LedgerException(Reason.RECOVERY_FAILED, "The ledger could not be recovered."));
            }
        });
        recoverer.start();
        return end;
    }

    @Override
    public void limitBytesPerSecond(long bytes) {
        // The network has no bandwidth.
    }

    @Override
    public void giveWay(boolean now) {
        // Nobody is in the way.
    }
}
