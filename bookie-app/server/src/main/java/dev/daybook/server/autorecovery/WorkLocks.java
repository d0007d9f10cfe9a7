package dev.daybook.server.autorecovery;

import dev.daybook.client.meta.MetadataStore.LedgerLock;
import dev.daybook.protocol.model.LedgerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The locks that a worker holds, and what is asked under them. Belongs to the loop. */
final class WorkLocks {
    private final SerialLoop loop;
    private final Map<LedgerId, Held> held = new HashMap<>();

    WorkLocks(SerialLoop loop) {
        this.loop = loop;
    }

    /** A lock, and the version that the mark had when it was taken. */
    private record Held(LedgerLock lock, long markVersion) {}

    void put(LedgerId ledger, LedgerLock lock, long markVersion) {
        held.put(ledger, new Held(lock, markVersion));
    }

    long markVersion(LedgerId ledger) {
        return heldOf(ledger).markVersion();
    }

    /** It is to be given back now. */
    LedgerLock remove(LedgerId ledger) {
        LedgerLock lock = heldOf(ledger).lock();
        held.remove(ledger);
        return lock;
    }

    /** An answer is passed on only while the lock under which was asked is held. */
    <T> void ask(
            LedgerId ledger, Supplier<CompletionStage<T>> question, Consumer<T> answered, Consumer<Throwable> failed) {
        Held mine = heldOf(ledger);
        loop.ask(
                question,
                answer -> passOn(ledger, mine, answered, answer),
                failure -> passOn(ledger, mine, failed, failure));
    }

    private <T> void passOn(LedgerId ledger, Held mine, Consumer<T> hearer, T said) {
        if (mine.equals(held.get(ledger))) {
            hearer.accept(said);
        }
    }

    private Held heldOf(LedgerId ledger) {
        return Optional.ofNullable(held.get(ledger))
                .orElseThrow(() -> new IllegalStateException("ledger " + ledger + " is not locked"));
    }
}
