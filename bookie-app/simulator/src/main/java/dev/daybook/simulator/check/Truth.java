package dev.daybook.simulator.check;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.simulator.meta.RecordWatch;
import dev.daybook.simulator.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The invariants of the whole system, each looked at when it could first be broken. Only what happened decides, never
 * what a component believes.
 */
public final class Truth implements RecordWatch {
    private final World world;
    private final SpreadRule spread;
    private final Map<BookieId, BookieTruth> bookies = new TreeMap<>();
    private final Map<Long, LedgerMetadata> stored = new TreeMap<>();
    private final Map<Long, Long> lastAcknowledged = new HashMap<>();

    /** Where a record was last seen closed, also if it is deleted since. */
    private final Map<Long, Long> closedAt = new HashMap<>();

    private final Set<Long> deleted = new HashSet<>();

    /** Payload and length of each entry as it was first sent: every copy must have them. */
    private final Map<EntryKey, String> firstSent = new HashMap<>();

    private int destroyed;

    /** @param spread what every ensemble keeps to */
    public Truth(World world, SpreadRule spread) {
        this.world = world;
        this.spread = spread;
    }

    public BookieTruth bookie(BookieId id) {
        return bookies.computeIfAbsent(id, BookieTruth::new);
    }

    /** How many bookies may have lost something. */
    public int destroyed() {
        return destroyed;
    }

    public void destroy(BookieId id) {
        if (!bookie(id).isDestroyed()) {
            bookie(id).destroy();
            destroyed++;
        }
    }

    public boolean isDeleted(long ledgerId) {
        return deleted.contains(ledgerId);
    }

    // Records.

    /** I1, I3, I4, I6 and P1. */
    @Override
    public void onStored(long ledgerId, Optional<LedgerMetadata> before, LedgerMetadata after, String process) {
        require(!deleted.contains(ledgerId), "C11", ledgerId, "a deleted ledger was created again");
        before.ifPresent(old -> checkSuccessor(ledgerId, old, after));
        for (Fragment fragment : after.fragments()) {
            long members = fragment.ensemble().stream().distinct().count();
            require(
                    members == after.quorum().ensemble(),
                    "I6",
                    ledgerId,
                    "an ensemble has " + members + " different members: " + fragment);
        }
        require(after.fragments().get(0).firstEntryId() == 0, "I6", ledgerId, "the first fragment starts at entry 0");
        spread.checkStored(ledgerId, after);
        stored.put(ledgerId, after);
        if (after.isClosed()) {
            checkClosed(ledgerId, after);
        }
        if (after.fragments().size() > 2) {
            world.saw("sometimes: third fragment");
        }
    }

    private void checkSuccessor(long ledgerId, LedgerMetadata old, LedgerMetadata next) {
        require(
                next.state().compareTo(old.state()) >= 0,
                "I1",
                ledgerId,
                "the state went from " + old.state() + " to " + next.state());
        boolean sameEnd = old.state() != LedgerState.CLOSED || next.end().equals(old.end());
        require(sameEnd, "I1", ledgerId, "the end changed from " + old.end() + " to " + next.end());
        boolean constants = next.quorum().equals(old.quorum())
                && next.credentials().equals(old.credentials())
                && next.createdMillis().equals(old.createdMillis());
        require(constants, "I6", ledgerId, "what never changes has changed");
        // Repair may give members to the fragments below the last one: nobody writes there any more.
        require(
                old.state() != LedgerState.IN_RECOVERY
                        || next.isClosed()
                        || (next.lastFragment().equals(old.lastFragment())
                                && next.fragments().size() == old.fragments().size()),
                "I1",
                ledgerId,
                "the last ensemble of a ledger in recovery changed before it was closed");
        long keptUpTo = lastAcknowledged.getOrDefault(ledgerId, -1L);
        for (long entryId = 0; entryId <= keptUpTo; entryId++) {
            boolean moved = !next.fragmentOf(entryId)
                    .ensemble()
                    .equals(old.fragmentOf(entryId).ensemble());
            if (moved) {
                checkCopies(ledgerId, entryId, next, "I3", "was given another ensemble");
            }
        }
    }

    private void checkClosed(long ledgerId, LedgerMetadata closed) {
        long last = closed.end().orElseThrow().lastEntryId();
        closedAt.put(ledgerId, last);
        long acknowledged = lastAcknowledged.getOrDefault(ledgerId, -1L);
        require(
                acknowledged <= last,
                "I4",
                ledgerId,
                "the ledger was closed at " + last + " although entry " + acknowledged + " was acknowledged");
        for (long entryId = 0; entryId <= last; entryId++) {
            checkCopies(ledgerId, entryId, closed, "I3", "lies before the end of the ledger");
        }
        if (last > acknowledged) {
            world.saw("sometimes: recovery kept an unacknowledged entry");
        }
    }

    private void checkCopies(long ledgerId, long entryId, LedgerMetadata metadata, String rule, String why) {
        int copies = copies(ledgerId, entryId, metadata);
        require(
                copies >= metadata.quorum().ack(),
                rule,
                ledgerId,
                "entry " + entryId + " " + why + " and has only " + copies + " of "
                        + metadata.quorum().ack() + " copies where the record says");
    }

    private int copies(long ledgerId, long entryId, LedgerMetadata metadata) {
        List<BookieId> ensemble = metadata.fragmentOf(entryId).ensemble();
        int copies = 0;
        for (int position : Striping.writeSet(metadata.quorum(), entryId)) {
            copies += bookie(ensemble.get(position)).holds(ledgerId, entryId) ? 1 : 0;
        }
        return copies;
    }

    @Override
    public void onDeleted(long ledgerId) {
        deleted.add(ledgerId);
        stored.remove(ledgerId);
        // From here on nobody is owed an entry of it.
        bookies.values().forEach(bookie -> bookie.onDeleting(ledgerId));
    }

    // What clients do.

    /** B7: all copies of an entry are one packet, at least all that count. */
    public void onAddSent(long ledgerId, long entryId, long lac, long length, String value) {
        String packet = value + " length " + length;
        String first = firstSent.putIfAbsent(new EntryKey(ledgerId, entryId), packet);
        require(
                first == null || first.equals(packet),
                "I9",
                ledgerId,
                "entry " + entryId + " was sent as " + packet + " after it had been sent as " + first);
        long committed = committed(ledgerId);
        require(
                lac <= committed || deleted.contains(ledgerId),
                "I8",
                ledgerId,
                "entry " + entryId + " was sent with the news that entry " + lac + " is confirmed, but " + committed
                        + " is the last one");
    }

    long committed(long ledgerId) {
        return Math.max(lastAcknowledged.getOrDefault(ledgerId, -1L), closedAt.getOrDefault(ledgerId, -1L));
    }

    /** I8 for readers: what nobody confirmed may still be cut off, so nobody gets to see it. */
    public void onShown(long ledgerId, long entryId) {
        long committed = committed(ledgerId);
        require(
                entryId <= committed || deleted.contains(ledgerId),
                "I8",
                ledgerId,
                "a reader was shown entry " + entryId + ", but " + committed + " is the last one confirmed");
    }

    /** I8 for a last-add-confirmed that goes without an entry. */
    public void onLacSent(long ledgerId, long lac) {
        long committed = lastAcknowledged.getOrDefault(ledgerId, -1L);
        require(
                lac <= committed || deleted.contains(ledgerId),
                "I8",
                ledgerId,
                "entry " + lac + " was called confirmed, but " + committed + " is the last one");
    }

    /** I2, I4, C16. With deferred sync to be called when an entry was forced. */
    public void onAcknowledged(long ledgerId, long entryId) {
        long before = lastAcknowledged.getOrDefault(ledgerId, -1L);
        require(entryId == before + 1, "C16", ledgerId, "entry " + entryId + " was acknowledged after " + before);
        lastAcknowledged.put(ledgerId, entryId);
        LedgerMetadata metadata = stored.get(ledgerId);
        if (metadata == null) {
            return;
        }
        checkCopies(ledgerId, entryId, metadata, "I2", "was acknowledged");
        metadata.end()
                .ifPresent(end -> require(
                        entryId <= end.lastEntryId(),
                        "I4",
                        ledgerId,
                        "entry " + entryId + " was acknowledged behind the end of the ledger"));
    }

    /** I9 at the end: what counts is the same everywhere. */
    public void checkCopiesAreEqual() {
        Map<EntryKey, String> seen = new HashMap<>();
        for (BookieTruth each : bookies.values()) {
            for (EntryKey key : each.keys()) {
                boolean counts = key.entryId() <= closedAt.getOrDefault(key.ledgerId(), -1L);
                String value = each.valueOf(key);
                String other = seen.putIfAbsent(key, value);
                require(
                        !counts || other == null || other.equals(value),
                        "I9",
                        key.ledgerId(),
                        "entry " + key.entryId() + " has different copies, one of them on " + each.id());
            }
        }
    }
}
