package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.CreateOutcome;
import dev.daybook.core.place.Placement;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.Operation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates one ledger. No bookie is contacted. Source: client protocol specification, section 5. */
final class Creation {
    /** A generated id that is taken means that another generator is at work; it must run dry at some point. */
    private static final int ATTEMPTS_MAX = 32;

    private final MetadataStore store;
    private final Function<LedgerId, LedgerLoop> loops;
    private final LedgerSpec spec;
    private final boolean chosenIds;
    private final Promise<?> promise;
    private final BiConsumer<LedgerLoop, NewLedger> whenDone;

    /**
     * @param chosenIds the application will number the entries
     * @param promise fails if the creation does
     * @param whenDone called on the ledger's loop otherwise
     */
    Creation(
            MetadataStore store,
            Function<LedgerId, LedgerLoop> loops,
            LedgerSpec spec,
            boolean chosenIds,
            Promise<?> promise,
            BiConsumer<LedgerLoop, NewLedger> whenDone) {
        this.store = store;
        this.loops = loops;
        this.spec = spec;
        this.chosenIds = chosenIds;
        this.promise = promise;
        this.whenDone = whenDone;
    }

    void start() {
        attempt(1);
    }

    private void attempt(int number) {
        Supplier<CompletionStage<LedgerId>> ids = () -> spec.id()
                .<CompletionStage<LedgerId>>map(CompletableFuture::completedStage)
                .orElseGet(store::generateLedgerId);
        Failures.staged(ids).whenComplete((id, failure) -> {
            if (failure == null) {
                LedgerLoop loop = loops.apply(id);
                loop.execute(() -> loop.whenClusterKnown(() -> create(loop, id, number)));
            } else {
                promise.fail(Failures.ofStore(promise.what(), failure));
            }
        });
    }

    private void create(LedgerLoop loop, LedgerId id, int number) {
        if (spec.durability() == Durability.DEFERRED_SYNC
                && loop.net().generationOf(Operation.ADD, false) != Generation.V3) {
            promise.fail(new LedgerException(
                    Reason.NOT_SUPPORTED,
                    promise.what() + " failed: deferred sync needs version 3 of the wire protocol, and"
                            + " daybook.client.protocol chooses version 2"));
            return;
        }
        if (!spec.ensemble().isEmpty()) {
            store(loop, id, spec.ensemble(), number);
            return;
        }
        Placement<List<BookieId>> placement =
                loop.placement().newEnsemble(loop.cluster(), spec.quorum(), Set.of(), loop.forkDice());
        if (placement instanceof Placement.Chosen<List<BookieId>> chosen) {
            loop.placed(chosen.adherence(), spec.quorum(), chosen.choice());
            store(loop, id, chosen.choice(), number);
        } else if (placement instanceof Placement.NotEnough<List<BookieId>> notEnough) {
            promise.fail(new LedgerException(
                    Reason.NOT_ENOUGH_BOOKIES,
                    promise.what() + " failed: " + spec.quorum() + " needs " + notEnough.needed()
                            + " writable bookies and the cluster has " + notEnough.available() + ": "
                            + loop.cluster().writable()));
        } else if (placement instanceof Placement.Unmet<List<BookieId>> unmet) {
            promise.fail(
                    new LedgerException(Reason.NOT_ENOUGH_BOOKIES, promise.what() + " failed: " + unmet.describe()));
        }
    }

    private void store(LedgerLoop loop, LedgerId id, List<BookieId> ensemble, int number) {
        Credentials credentials = new Credentials(spec.digest(), spec.password());
        LedgerMetadata metadata = LedgerMetadata.open(
                spec.quorum(), new Fragment(0, ensemble), credentials, spec.custom(), newCreationToken());
        Failures.staged(() -> store.create(id, metadata))
                .whenComplete((outcome, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        promise.fail(Failures.ofStore(promise.what(), failure));
                    } else if (outcome instanceof CreateOutcome.Created created) {
                        Versioned<LedgerMetadata> record = new Versioned<>(metadata, created.version());
                        whenDone.accept(loop, new NewLedger(id, record, credentials, spec.durability(), chosenIds));
                    } else if (spec.id().isPresent()) {
                        promise.fail(new LedgerException(
                                Reason.LEDGER_EXISTS, promise.what() + " failed: there is a ledger with this id"));
                    } else if (number < ATTEMPTS_MAX) {
                        attempt(number + 1);
                    } else {
                        promise.fail(new LedgerException(
                                Reason.LEDGER_EXISTS,
                                promise.what() + " failed: " + ATTEMPTS_MAX + " generated ids in a row were taken"));
                    }
                }));
    }

    /** Positive; 0 would mean that there is none. */
    private static long newCreationToken() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }
}
