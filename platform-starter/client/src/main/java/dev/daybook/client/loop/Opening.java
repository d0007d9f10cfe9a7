package dev.daybook.client.loop;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.core.recover.CompleteRecovery;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Versioned;

/** Opens one ledger for reading. Source: client protocol specification, section 17. Belongs to the loop. */
final class Opening {
    private final LedgerLoop loop;
    private final MetadataStore store;
    private final LedgerId id;
    private final LedgerPassword password;
    private final Promises promises;
    private final Promise<ReadLedger> promise;

    Opening(
            LedgerLoop loop,
            MetadataStore store,
            LedgerId id,
            LedgerPassword password,
            Promises promises,
            Promise<ReadLedger> promise) {
        this.loop = loop;
        this.store = store;
        this.id = id;
        this.password = password;
        this.promises = promises;
        this.promise = promise;
    }

    /** @param recover whether to stop the writer and close the ledger */
    void start(boolean recover) {
        Failures.staged(() -> store.read(id))
                .whenComplete((found, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        promise.fail(Failures.ofStore(promise.what(), failure));
                    } else if (found.isEmpty()) {
                        promise.fail(Failures.noSuchLedger(id.value()));
                    } else {
                        onRecord(found.get(), recover);
                    }
                }));
    }

    private void onRecord(Versioned<LedgerMetadata> record, boolean recover) {
        Credentials credentials = RecordCredentials.of(record.value(), password);
        if (!credentials.password().equals(password)) {
            promise.fail(new LedgerException(
                    Reason.UNAUTHORIZED,
                    promise.what() + " failed: the password is not the one the ledger was created with, check "
                            + "daybook.ledger.password"));
        } else if (record.value().isClosed()) {
            promise.complete(
                    new ReadingHandle(id, new ReaderState(loop, id.value(), record, credentials), promises, null));
        } else if (recover) {
            recover(record, credentials);
        } else {
            follow(record, credentials);
        }
    }

    private void recover(Versioned<LedgerMetadata> record, Credentials credentials) {
        BookieRequests requests = new BookieRequests(loop, id.value(), credentials, lac -> {});
        new RecoveryDriver(loop, id.value(), requests, record, outcome -> {
                    if (outcome instanceof CompleteRecovery.Outcome.Closed closed) {
                        ReaderState state = new ReaderState(loop, id.value(), closed.record(), credentials);
                        promise.complete(new ReadingHandle(id, state, promises, null));
                    } else if (outcome instanceof CompleteRecovery.Outcome.Failed failed) {
                        promise.fail(Failures.of(loop, id.value(), failed.failure()));
                    }
                })
                .start();
    }

    /** The watch begins before the question, so that no change falls between them. */
    private void follow(Versioned<LedgerMetadata> record, Credentials credentials) {
        ReaderState state = new ReaderState(loop, id.value(), record, credentials);
        MetadataStore.Subscription watch = store.watch(id, heard -> loop.execute(() -> state.onRecord(heard)));
        new LacReading(state, state.lastAddConfirmed(), outcome -> {
                    if (outcome instanceof CompleteLac.Outcome.Confirmed confirmed) {
                        state.onLac(confirmed.lastAddConfirmed());
                        promise.complete(new ReadingHandle(id, state, promises, watch));
                    } else if (outcome instanceof CompleteLac.Outcome.Failed failed) {
                        watch.close();
                        promise.fail(failureOf(failed.reason(), record.value()));
                    }
                })
                .start();
    }

    private LedgerException failureOf(Answer.Reason reason, LedgerMetadata metadata) {
        return Failures.of(
                loop, promise.what() + " from " + metadata.lastFragment().ensemble(), reason);
    }
}
