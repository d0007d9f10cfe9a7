package dev.daybook.server;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.EntryAvailability;
import dev.daybook.protocol.wire.MalformedFrameException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What one bookie has acknowledged, and every answer of it that denied some of that. Thread-safe. */
final class Promises implements Consumer<BookieResponse> {
    private static final List<Status> DENIALS = List.of(Status.NO_ENTRY, Status.NO_LEDGER);

    private final BookieId bookie;
    private final Map<Long, Set<Long>> entries = new ConcurrentHashMap<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final Map<Status, AtomicLong> heard = new ConcurrentHashMap<>();

    Promises(BookieId bookie) {
        this.bookie = bookie;
    }

    /** The bookie has every entry up to this one that the metadata give to it. */
    void give(LedgerId ledger, LedgerMetadata metadata, long lastEntryId) {
        Set<Long> given = new TreeSet<>();
        for (long entry = 0; entry <= lastEntryId; entry++) {
            Fragment fragment = metadata.fragmentOf(entry);
            int position = fragment.ensemble().indexOf(bookie);
            if (position >= 0 && Striping.stores(metadata.quorum(), entry, position)) {
                given.add(entry);
            }
        }
        entries.put(ledger.value(), Set.copyOf(given));
    }

    Set<Long> ledgers() {
        return Set.copyOf(entries.keySet());
    }

    Set<Long> entriesOf(long ledger) {
        return entries.getOrDefault(ledger, Set.of());
    }

    /** Whether an answer denies something that the bookie has acknowledged. */
    @Override
    public void accept(BookieResponse answer) {
        heard.computeIfAbsent(answer.status(), any -> new AtomicLong()).incrementAndGet();
        boolean denies = DENIALS.contains(answer.status());
        if (answer instanceof BookieResponse.Read read) {
            judge(denies || forgetsConfirmed(read), read.ledgerId(), read.entryId(), answer);
        } else if (answer instanceof BookieResponse.BatchRead batch) {
            judge(denies, batch.ledgerId(), batch.startEntryId(), answer);
        } else if (answer instanceof BookieResponse.ReadLac lac) {
            judge(denies, lac.ledgerId(), -1, answer);
        } else if (answer instanceof BookieResponse.WriteLac lac) {
            judge(denies, lac.ledgerId(), -1, answer);
        } else if (answer instanceof BookieResponse.Force force) {
            judge(denies, force.ledgerId(), -1, answer);
        } else if (answer instanceof BookieResponse.EntryList list) {
            judge(denies || !isComplete(list), list.ledgerId(), -1, answer);
        }
    }

    /** A long poll without an entry says that nothing above this is confirmed; the last entry confirms the one before. */
    private boolean forgetsConfirmed(BookieResponse.Read read) {
        long last = entriesOf(read.ledgerId()).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(-1);
        return read.status() == Status.OK
                && read.body().isEmpty()
                && read.maxLac().orElse(-1) < last - 1;
    }

    private boolean isComplete(BookieResponse.EntryList list) {
        if (list.availability().isEmpty()) {
            return list.status() != Status.OK;
        }
        try {
            EntryAvailability listed =
                    EntryAvailability.decode(list.availability().get());
            return entriesOf(list.ledgerId()).stream().allMatch(listed::contains);
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    /** @param entryId below zero: the ledger as such */
    private void judge(boolean denies, long ledgerId, long entryId, BookieResponse answer) {
        Set<Long> given = entriesOf(ledgerId);
        if (denies && (entryId < 0 ? !given.isEmpty() : given.contains(entryId))) {
            broken.add(answer.getClass().getSimpleName() + " of entry " + entryId + " of ledger " + ledgerId + ": "
                    + answer.status());
        }
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    long heard(Status status) {
        return heard.getOrDefault(status, new AtomicLong()).get();
    }
}
