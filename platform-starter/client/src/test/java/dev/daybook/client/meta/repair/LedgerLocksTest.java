package dev.daybook.client.meta.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A lock that its owner does not know of would keep everybody from the ledger for as long as the session lives. */
class LedgerLocksTest {
    private static final LedgerId LEDGER = new LedgerId(7);

    private final LossyLocks service = new LossyLocks();
    private final CommonRepairStore store = new CommonRepairStore(service, service, () -> 0);

    @Test
    void aLockWhoseAnswerWasLostIsGivenBackBeforeTheNextListing() {
        service.answers = false;
        assertTrue(store.lock(LEDGER, "me").toCompletableFuture().isCompletedExceptionally());
        assertTrue(service.held.containsKey(LEDGER));

        service.answers = true;
        assertEquals(
                List.of(),
                store.marked(Optional.empty(), 10).toCompletableFuture().join());
        assertFalse(service.held.containsKey(LEDGER));
        assertTrue(take().isPresent());
    }

    @Test
    void aLockThatCouldNotBeGivenBackIsGivenBackLater() {
        LedgerLock lock = take().orElseThrow();
        service.gives = false;
        assertTrue(lock.release().toCompletableFuture().isCompletedExceptionally());

        store.marked(Optional.empty(), 10);
        assertTrue(service.held.containsKey(LEDGER));
        service.gives = true;
        store.marked(Optional.empty(), 10);
        assertFalse(service.held.containsKey(LEDGER));
    }

    @Test
    void whoNeverListsMarksGivesLocksBackAsWell() {
        LedgerLock lock = take().orElseThrow();
        service.gives = false;
        assertTrue(lock.release().toCompletableFuture().isCompletedExceptionally());

        service.gives = true;
        store.settleLocks();
        assertFalse(service.held.containsKey(LEDGER));
    }

    @Test
    void aLockThatWasTakenAfterAllIsKept() {
        service.answers = false;
        assertTrue(store.lock(LEDGER, "me").toCompletableFuture().isCompletedExceptionally());
        service.answers = true;

        assertTrue(take().isPresent());
        store.marked(Optional.empty(), 10);
        assertTrue(service.held.containsKey(LEDGER));
    }

    private Optional<LedgerLock> take() {
        return store.lock(LEDGER, "me").toCompletableFuture().join();
    }

    /** Locks of one session in a service whose answers get lost. */
    private static final class LossyLocks implements RepairPlaces, Election {
        final SortedMap<LedgerId, byte[]> held = new TreeMap<>();
        boolean answers = true;
        boolean gives = true;

        private static <T> CompletableFuture<T> lost() {
            return CompletableFuture.failedFuture(new LedgerException(Reason.METADATA_UNAVAILABLE, "No answer."));
        }

        @Override
        public CompletableFuture<Boolean> takeLock(LedgerId ledger, byte[] holder) {
            held.put(ledger, holder);
            return answers ? CompletableFuture.completedFuture(true) : lost();
        }

        @Override
        public CompletableFuture<Void> giveBackLock(LedgerId ledger) {
            if (!gives) {
                return lost();
            }
            held.remove(ledger);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<SortedMap<LedgerId, byte[]>> locks() {
            return CompletableFuture.completedFuture(held);
        }

        @Override
        public CompletableFuture<SortedMap<LedgerId, byte[]>> marks(Optional<LedgerId> after, int limit) {
            return CompletableFuture.completedFuture(new TreeMap<>());
        }

        @Override
        public CompletableFuture<Optional<Versioned<byte[]>>> read(RepairPlace place) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<RepairChange.Outcome> change(RepairChange change) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription watch(RepairPlace place, Consumer<Optional<Versioned<byte[]>>> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription watchMarks(Runnable listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> post(String name, byte[] notice) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<SortedMap<String, byte[]>> notices() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription stand(String candidate, VoteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Optional<byte[]>> winner() {
            throw new UnsupportedOperationException();
        }
    }
}
