package dev.daybook.client.loop;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.health.RankedPosition;
import dev.daybook.core.health.ReadOrder;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.quorum.Striping;
import dev.daybook.core.read.Defect;
import dev.daybook.core.read.StickyBookie;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Versioned;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a reading handle knows of its ledger: the newest record heard of and the highest confirmed entry. Changed by the
 * loop only; the application looks at it from any thread.
 */
final class ReaderState implements ReadSource, TailWaiting.Tail {
    private final LedgerLoop loop;
    private final long ledgerId;
    private final BookieRequests requests;
    private final Set<TailWaiting> waiting = new LinkedHashSet<>();

    private final Optional<StickyBookie> sticky;
    private final RepairHints hints;
    private final Dice dice;
    private volatile Versioned<LedgerMetadata> record;
    private volatile long lac = EntryId.NONE;
    private volatile long length;
    private volatile boolean deleted;

    ReaderState(LedgerLoop loop, long ledgerId, Versioned<LedgerMetadata> record, Credentials credentials) {
        this.loop = loop;
        this.ledgerId = ledgerId;
        this.record = record;
        this.sticky = loop.config().reads().sticky() ? Optional.of(new StickyBookie()) : Optional.empty();
        this.hints = new RepairHints(loop, ledgerId);
        this.dice = loop.forkDice();
        this.requests = new BookieRequests(loop, ledgerId, credentials, this::onLac);
        adoptEnd(record.value());
    }

    /** A newer record, or empty when the ledger is gone. */
    void onRecord(Optional<Versioned<LedgerMetadata>> heard) {
        if (heard.isEmpty()) {
            deleted = true;
        } else if (heard.get().version() > record.version()) {
            record = heard.get();
            adoptEnd(record.value());
        } else {
            return;
        }
        List.copyOf(waiting).forEach(TailWaiting::onRecordChanged);
    }

    private void adoptEnd(LedgerMetadata metadata) {
        metadata.end().ifPresent(end -> {
            lac = end.lastEntryId();
            length = end.length();
        });
    }

    /** Confirmed entries stay confirmed; the end of a closed ledger never moves. */
    @Override
    public void onLac(long seen) {
        if (seen > lac && !record.value().isClosed()) {
            lac = seen;
        }
    }

    /** The length of the ledger up to an entry that was read. */
    void onLength(long entryLength) {
        if (entryLength > length && !record.value().isClosed()) {
            length = entryLength;
        }
    }

    void wait(TailWaiting tail) {
        waiting.add(tail);
        tail.start();
    }

    void forget(TailWaiting tail) {
        waiting.remove(tail);
    }

    /** The handle is closed: nobody waits any more. */
    void endWaits() {
        List.copyOf(waiting).forEach(TailWaiting::onHandleClosed);
    }

    @Override
    public void refresh(Consumer<LedgerMetadata> then) {
        loop.store().read(ledgerId, reply -> {
            if (reply instanceof MetadataReply.Found found) {
                onRecord(Optional.of(found.record()));
            } else if (reply instanceof MetadataReply.Gone) {
                onRecord(Optional.empty());
            }
            then.accept(record.value());
        });
    }

    @Override
    public List<Integer> readOrder(LedgerMetadata metadata, long entryId) {
        Quorum quorum = metadata.quorum();
        if (!loop.config().reads().reorder() && sticky.isEmpty()) {
            return Arrays.stream(Striping.writeSet(quorum, entryId)).boxed().toList();
        }
        List<BookieId> ensemble = metadata.fragmentOf(entryId).ensemble();
        List<RankedPosition> ranked = loop.rank(quorum, entryId, ensemble);
        return sticky.isPresent() && quorum.ensemble() == quorum.write()
                ? sticky.get().order(ranked, ensemble, dice)
                : ReadOrder.positions(ranked);
    }

    @Override
    public void onDefects(long entryId, List<Defect> defects) {
        hints.onDefects(record.value(), entryId, defects);
    }

    @Override
    public LedgerLoop loop() {
        return loop;
    }

    @Override
    public BookieRequests requests() {
        return requests;
    }

    @Override
    public long ledgerId() {
        return ledgerId;
    }

    @Override
    public LedgerMetadata metadata() {
        return record.value();
    }

    @Override
    public long lastAddConfirmed() {
        return lac;
    }

    long length() {
        return length;
    }

    @Override
    public boolean isDeleted() {
        return deleted;
    }
}
