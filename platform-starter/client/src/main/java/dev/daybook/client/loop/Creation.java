package dev.daybook.client.loop;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStore.CreateOutcome;
import dev.daybook.core.place.Placement;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Creates one ledger. No bookie is contacted. Source: client protocol specification, section 5. */
final class Creation {
    /** A generated id that is taken means that another generator is at work; it must run dry at some point. */
    private static final int ATTEMPTS_MAX = 32;

    private final MetadataStore store;
    private final Function<LedgerId, LedgerLoop> loops;
    private final LedgerSpec spec;
    private final AppendGate gate;
    private final Promises promises;
    private final Promise<AppendLedger> promise;

    Creation(
            MetadataStore store,
            Function<LedgerId, LedgerLoop> loops,
            LedgerSpec spec,
            AppendGate gate,
            Promises promises,
            Promise<AppendLedger> promise) {
        this.store = store;
        this.loops = loops;
        this.spec = spec;
        this.gate = gate;
        this.promises = promises;
        this.promise = promise;
    }

    void start() {
        attempt(1);
    }

    private void attempt(int number) {
        Failures.staged(store::generateLedgerId).whenComplete((id, failure) -> {
            if (failure == null) {
                LedgerLoop loop = loops.apply(id);
                loop.execute(() -> create(loop, id, number));
            } else {
                promise.fail(Failures.ofStore(promise.what(), failure));
            }
        });
    }

    private void create(LedgerLoop loop, LedgerId id, int number) {
        Placement<List<BookieId>> placement = loop.placement()
                .newEnsemble(
                        loop.health()
                                .withoutDoubtful(
                                        loop.cluster(),
                                        spec.quorum().ensemble(),
                                        loop.net().nanoTime()),
                        spec.quorum(),
                        Set.of(),
                        loop.forkDice());
        if (placement instanceof Placement.Chosen<List<BookieId>> chosen) {
            store(loop, id, chosen.choice(), number);
        } else if (placement instanceof Placement.NotEnough<List<BookieId>> notEnough) {
            promise.fail(new LedgerException(
                    Reason.NOT_ENOUGH_BOOKIES,
                    promise.what() + " failed: " + spec.quorum() + " needs " + notEnough.needed()
                            + " writable bookies and the cluster has " + notEnough.available()));
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
                        promise.complete(WritingHandle.open(loop, id, record, credentials, gate, promises));
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
