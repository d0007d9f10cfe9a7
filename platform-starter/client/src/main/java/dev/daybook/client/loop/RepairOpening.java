package dev.daybook.client.loop;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.Versioned;

/** Finds out what a repair or a check has to begin with. Belongs to the ledger's loop. */
final class RepairOpening {
    private final LedgerLoop loop;
    private final LedgerId ledger;
    private final Promise<?> promise;
    private final Next next;

    /** @param promise fails if nothing can be found out */
    RepairOpening(LedgerLoop loop, LedgerId ledger, Promise<?> promise, Next next) {
        this.loop = loop;
        this.ledger = ledger;
        this.promise = promise;
        this.next = next;
    }

    /** What comes after that, on the loop. */
    interface Next {
        void found(BookieRequests requests, RepairStart start);

        /** There is no such ledger. */
        void gone();
    }

    /** Without knowledge of the cluster everybody would seem lost, so that is waited for. */
    void start(MetadataStore store) {
        Failures.staged(() -> store.read(ledger))
                .whenComplete((found, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        promise.fail(Failures.ofStore(promise.what(), failure));
                    } else if (found.isEmpty()) {
                        next.gone();
                    } else {
                        loop.whenClusterKnown(() -> onRecord(found.get()));
                    }
                }));
    }

    private void onRecord(Versioned<LedgerMetadata> record) {
        if (!loop.cluster().isKnown()) {
            promise.fail(Failures.clusterUnknown(promise.what()));
            return;
        }
        Credentials credentials = RecordCredentials.of(record.value());
        BookieRequests requests = new BookieRequests(loop, ledger.value(), credentials, lac -> {});
        if (record.value().isClosed()) {
            next.found(requests, new RepairStart(ledger, record, EntryId.NONE));
            return;
        }
        ReaderState state = new ReaderState(loop, ledger.value(), record, credentials);
        new LacReading(
                        state,
                        EntryId.NONE,
                        outcome -> next.found(requests, new RepairStart(ledger, record, lac(outcome))))
                .start();
    }

    /** What is not known to be confirmed is not touched. */
    private static long lac(CompleteLac.Outcome outcome) {
        return outcome instanceof CompleteLac.Outcome.Confirmed confirmed ? confirmed.lastAddConfirmed() : EntryId.NONE;
    }
}
