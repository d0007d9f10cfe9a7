package dev.daybook.testsupport;

import dev.daybook.client.AdvancedAppendLedger;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.log.ChainLogs;
import dev.daybook.client.log.ClientLedgers;
import dev.daybook.client.log.LogPorts;
import dev.daybook.client.log.NamedLogs;
import dev.daybook.client.log.Turns;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.client.name.LedgerNames;
import dev.daybook.client.name.RecordNames;
import dev.daybook.client.repair.LedgerRepairs;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LedgerClient} whose ledgers live in the heap. Thread-safe. Stages complete on the calling thread unless
 * {@link #holdAcknowledgements()} says otherwise.
 */
public final class InMemoryLedgers implements LedgerClient {
    private final Map<LedgerId, MemoryLedger> ledgers = new TreeMap<>();
    private final List<Runnable> heldBack = new ArrayList<>();
    private final InMemoryAdmin admin = new InMemoryAdmin(this);
    private final RecordStore records = new InMemoryMetadataStore().records();
    private final NamedLogs logs = logsOver(records);
    private final LedgerNames names = new RecordNames(
            records,
            this::delete,
            Runnable::run,
            () -> ThreadLocalRandom.current().nextLong());
    private boolean holding;
    private int heldAtMost;
    private int maxEntryBytes = Integer.MAX_VALUE;
    private long failFromEntry = Long.MAX_VALUE;
    private @Nullable LedgerException failure;
    private boolean closed;
    private long nextId;

    /** Entries above this size are refused with {@link Reason#ENTRY_TOO_LARGE}. */
    public synchronized void limitEntries(int bytes) {
        maxEntryBytes = bytes;
    }

    /** The append of this entry fails, and with it every later one of the same handle. */
    public synchronized void failAppendsFrom(long entryId, LedgerException reason) {
        failFromEntry = entryId;
        failure = reason;
    }

    /** From now on appends are not acknowledged before {@link #acknowledge()} or {@link #stopHolding()}. */
    public synchronized void holdAcknowledgements() {
        holding = true;
    }

    /** Acknowledges what is held back now. */
    public void acknowledge() {
        List<Runnable> due;
        synchronized (this) {
            due = new ArrayList<>(heldBack);
            heldBack.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Acknowledges what is held back and holds back nothing any more. */
    public void stopHolding() {
        synchronized (this) {
            holding = false;
        }
        acknowledge();
    }

    /** Appends that wait for their acknowledgement. */
    public synchronized int heldAcknowledgements() {
        return heldBack.size();
    }

    /** The most appends that ever waited at the same time. */
    public synchronized int heldAtMost() {
        return heldAtMost;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized CompletionStage<AppendLedger> create(LedgerSpec spec) {
        return completed(() -> new MemoryAppendLedger(created(spec)));
    }

    @Override
    public synchronized CompletionStage<AdvancedAppendLedger> createAdvanced(LedgerSpec spec) {
        return completed(() -> new MemoryAdvancedLedger(created(spec)));
    }

    /** A dependent stage would wrap the exception, and clients promise the plain one. */
    private static <T> CompletionStage<T> completed(Supplier<T> creation) {
        try {
            return CompletableFuture.completedFuture(creation.get());
        } catch (LedgerException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private MemoryLedger created(LedgerSpec spec) {
        if (closed) {
            throw clientClosed();
        }
        LedgerId id = spec.id().orElseGet(this::freeId);
        if (ledgers.containsKey(id)) {
            throw new LedgerException(Reason.LEDGER_EXISTS, "there is a ledger " + id + " already");
        }
        MemoryLedger ledger = new MemoryLedger(this, id, spec);
        ledgers.put(id, ledger);
        return ledger;
    }

    private LedgerId freeId() {
        while (ledgers.containsKey(new LedgerId(nextId))) {
            nextId++;
        }
        return new LedgerId(nextId++);
    }

    @Override
    public CompletionStage<ReadLedger> open(LedgerId ledger, LedgerPassword password) {
        return opened(ledger, password, false);
    }

    @Override
    public CompletionStage<ReadLedger> openWithRecovery(LedgerId ledger, LedgerPassword password) {
        return opened(ledger, password, true);
    }

    private CompletionStage<ReadLedger> opened(LedgerId id, LedgerPassword password, boolean recover) {
        MemoryLedger ledger;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(clientClosed());
            }
            ledger = ledgers.get(id);
        }
        if (ledger == null) {
            return CompletableFuture.failedFuture(
                    new LedgerException(Reason.NO_SUCH_LEDGER, "there is no ledger " + id));
        }
        if (!ledger.opensWith(password)) {
            return CompletableFuture.failedFuture(
                    new LedgerException(Reason.UNAUTHORIZED, "the password does not open ledger " + id));
        }
        if (recover) {
            ledger.fence();
        }
        return CompletableFuture.completedFuture(new MemoryReadLedger(ledger));
    }

    @Override
    public synchronized CompletionStage<Void> delete(LedgerId ledger) {
        ledgers.remove(ledger);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public NamedLogs logs() {
        return logs;
    }

    @Override
    public LedgerNames names() {
        return names;
    }

    @Override
    public LedgerRepairs repairs() {
        return new InMemoryRepairs(admin);
    }

    @Override
    public LedgerAdmin admin() {
        return admin;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private NamedLogs logsOver(RecordStore store) {
        Turns owner = new Turns(Runnable::run);
        return new ChainLogs(new LogPorts(
                new ClientLedgers(this, this::drawId),
                store,
                owner,
                Runnable::run,
                () -> false,
                System::currentTimeMillis,
                () -> ThreadLocalRandom.current().nextLong(),
                (task, millis) -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, owner)
                        .execute(task)));
    }

    private synchronized CompletionStage<LedgerId> drawId() {
        return CompletableFuture.completedFuture(freeId());
    }

    synchronized List<MemoryLedger> all() {
        return List.copyOf(ledgers.values());
    }

    /** @return why an append with this many bytes as this entry must fail, null if it may go on */
    synchronized @Nullable LedgerException refusal(long entryId, int bytes) {
        if (closed) {
            return clientClosed();
        }
        if (bytes > maxEntryBytes) {
            return new LedgerException(
                    Reason.ENTRY_TOO_LARGE, "an entry of " + bytes + " bytes is above the limit of " + maxEntryBytes);
        }
        return entryId >= failFromEntry ? failure : null;
    }

    void acknowledgeLater(Runnable acknowledgement) {
        synchronized (this) {
            if (holding) {
                heldBack.add(acknowledgement);
                heldAtMost = Math.max(heldAtMost, heldBack.size());
                return;
            }
        }
        acknowledgement.run();
    }

    private static LedgerException clientClosed() {
        return new LedgerException(Reason.CLIENT_CLOSED, "the ledger client is closed");
    }
}
