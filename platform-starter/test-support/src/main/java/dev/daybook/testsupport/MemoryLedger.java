package dev.daybook.testsupport;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.TailResult;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One ledger. Everything below the fields is guarded by {@code this}; stages complete outside of it. */
final class MemoryLedger {
    private final InMemoryLedgers owner;
    private final LedgerId id;
    private final LedgerSpec spec;
    private final List<LedgerEntry> submitted = new ArrayList<>();
    private long lastAddConfirmed = EntryId.NONE;
    private LedgerMetadata metadata;
    private @Nullable LedgerException poison;

    /** Completed and replaced whenever an entry is confirmed or the ledger is closed. */
    private CompletableFuture<Void> changed = new CompletableFuture<>();

    MemoryLedger(InMemoryLedgers owner, LedgerId id, LedgerSpec spec) {
        this.owner = owner;
        this.id = id;
        this.spec = spec;
        List<BookieId> ensemble = IntStream.range(0, spec.quorum().ensemble())
                .mapToObj(i -> new BookieId("memory-" + i + ":3181"))
                .toList();
        metadata = LedgerMetadata.open(
                spec.quorum(),
                new Fragment(0, ensemble),
                new LedgerMetadata.Credentials(spec.digest(), spec.password()),
                spec.custom(),
                id.value());
    }

    LedgerId id() {
        return id;
    }

    synchronized LedgerMetadata metadata() {
        return metadata;
    }

    synchronized long lastAddConfirmed() {
        return lastAddConfirmed;
    }

    synchronized long submittedLength() {
        return submitted.isEmpty() ? 0 : submitted.get(submitted.size() - 1).length();
    }

    synchronized long confirmedLength() {
        return lastAddConfirmed < 0
                ? 0
                : submitted.get(Math.toIntExact(lastAddConfirmed)).length();
    }

    boolean opensWith(LedgerPassword password) {
        return spec.password().equals(password);
    }

    CompletableFuture<EntryId> append(byte[] payload) {
        CompletableFuture<EntryId> done = new CompletableFuture<>();
        LedgerEntry entry;
        synchronized (this) {
            if (poison == null) {
                poison = metadata.isClosed() ? closedOrFenced() : owner.refusal(submitted.size(), payload.length);
            }
            if (poison != null) {
                done.completeExceptionally(poison);
                return done;
            }
            entry = new LedgerEntry(
                    id, new EntryId(submitted.size()), submittedLength() + payload.length, payload.clone());
            submitted.add(entry);
        }
        owner.acknowledgeLater(() -> confirm(entry, done));
        return done;
    }

    private void confirm(LedgerEntry entry, CompletableFuture<EntryId> done) {
        CompletableFuture<Void> signal;
        synchronized (this) {
            if (metadata.isClosed()) {
                done.completeExceptionally(closedOrFenced());
                return;
            }
            lastAddConfirmed = entry.id().value();
            signal = renewSignal();
        }
        done.complete(entry.id());
        signal.complete(null);
    }

    private LedgerException closedOrFenced() {
        return poison != null ? poison : new LedgerException(Reason.LEDGER_CLOSED, "ledger " + id + " is closed");
    }

    LedgerMetadata closeAtConfirmed() {
        CompletableFuture<Void> signal;
        synchronized (this) {
            if (metadata.isClosed()) {
                return metadata;
            }
            metadata = metadata.closedAt(new LedgerMetadata.End(lastAddConfirmed, confirmedLength()));
            signal = renewSignal();
        }
        signal.complete(null);
        return metadata();
    }

    void fence() {
        synchronized (this) {
            if (metadata.isClosed()) {
                return;
            }
            poison = new LedgerException(Reason.LEDGER_FENCED, "another client took over ledger " + id);
        }
        closeAtConfirmed();
    }

    synchronized List<LedgerEntry> read(long first, long last, boolean confirmedOnly) {
        if (first < 0 || last < first) {
            throw new LedgerException(Reason.BAD_ARGUMENT, "entries " + first + " to " + last + " are no range");
        }
        if (last > (confirmedOnly ? lastAddConfirmed : submitted.size() - 1L)) {
            throw new LedgerException(
                    Reason.NO_SUCH_ENTRY,
                    "ledger " + id + " has no entry " + last + ", the last confirmed one is " + lastAddConfirmed);
        }
        return submitted.subList(Math.toIntExact(first), Math.toIntExact(last + 1)).stream()
                .map(MemoryLedger::copy)
                .toList();
    }

    /** The array of an entry belongs to the receiver. */
    private static LedgerEntry copy(LedgerEntry entry) {
        return new LedgerEntry(
                entry.ledger(), entry.id(), entry.length(), entry.payload().clone());
    }

    CompletableFuture<TailResult> await(long entryId, Duration timeout) {
        return arrival(entryId)
                .completeOnTimeout(
                        new TailResult.TimedOut(lastAddConfirmed()), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<TailResult> arrival(long entryId) {
        Optional<TailResult> now;
        CompletableFuture<Void> signal;
        synchronized (this) {
            now = stateAt(entryId);
            signal = changed;
        }
        return now.map(CompletableFuture::completedFuture)
                .orElseGet(() -> signal.thenCompose(ignored -> arrival(entryId)));
    }

    private Optional<TailResult> stateAt(long entryId) {
        if (entryId <= lastAddConfirmed) {
            return Optional.of(new TailResult.Arrived(copy(submitted.get(Math.toIntExact(entryId))), lastAddConfirmed));
        }
        return metadata.isClosed() ? Optional.of(new TailResult.EndOfLedger(lastAddConfirmed)) : Optional.empty();
    }

    private CompletableFuture<Void> renewSignal() {
        CompletableFuture<Void> old = changed;
        changed = new CompletableFuture<>();
        return old;
    }
}
