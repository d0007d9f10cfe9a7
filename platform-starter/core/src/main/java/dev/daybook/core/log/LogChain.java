package dev.daybook.core.log;

import dev.daybook.core.effect.Invariant;
import dev.daybook.core.log.ChainStep.Refusal;
import dev.daybook.core.log.LogSegment.Phase;
import dev.daybook.protocol.model.LedgerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ledgers of a log, in order, as its record in the metadata service lists them. Immutable. Each method is one change,
 * to be applied by compare-and-swap: it tells the next state, or that the change has been made, or why it must not be.
 *
 * <p>Always true: numbers ascend; at most one segment is reserved and it is the last; at most one is active and only a
 * reserved one follows it; the ledger of every segment and every doomed ledger may exist, and no other ledger of this
 * log does, but for one that a deposed writer is about to remove.
 *
 * @param epoch counts the writers
 * @param owner unique mark of the present writer; empty before the first
 * @param start everything before it is truncated
 * @param nextNumber of the next segment
 * @param doomed ledgers that are to be deleted and that nobody reads any more
 */
public record LogChain(
        long epoch,
        String owner,
        Start start,
        long nextNumber,
        List<LogSegment> segments,
        List<LedgerId> doomed,
        boolean deleted) {
    /** Keeps the record below the limit of the metadata service, with a line of 90 bytes for each. */
    public static final int SEGMENTS_MAX = 9_000;

    /** The first entry that can be read, if it exists. */
    public record Start(long segment, long entry) {}

    /** Who makes a change. */
    public record Writer(long epoch, String owner) {}

    /** Where a ledger ended. */
    public record LedgerEnd(long lastEntry, long bytes) {}

    public static final LogChain EMPTY = new LogChain(0, "", new Start(0, 0), 0, List.of(), List.of(), false);

    public LogChain {
        segments = List.copyOf(segments);
        doomed = List.copyOf(doomed);
        long last = -1;
        for (int i = 0; i < segments.size(); i++) {
            LogSegment segment = segments.get(i);
            Invariant.check(segment.number() > last, "numbers of segments ascend", segment.number(), last);
            last = segment.number();
            int behind = segments.size() - 1 - i;
            Invariant.check(
                    behind == 0 || segment.phase() != Phase.RESERVED, "a reserved segment is the last", last, behind);
            Invariant.check(
                    segment.phase() != Phase.ACTIVE
                            || behind == 0
                            || (behind == 1 && segments.get(i + 1).phase() == Phase.RESERVED),
                    "only a reserved segment follows the active one",
                    last,
                    behind);
        }
        Invariant.check(nextNumber > last, "the next number is new", nextNumber, last);
    }

    /** A new writer takes over. From now on every change of an older one is refused. */
    public ChainStep acquire(String newOwner) {
        if (deleted) {
            return new ChainStep.Refused(Refusal.DELETED, this);
        }
        if (owner.equals(newOwner)) {
            return new ChainStep.Settled(this);
        }
        return change(new LogChain(epoch + 1, newOwner, start, nextNumber, segments, doomed, false));
    }

    /** Takes the id of the next ledger, before the ledger is created: so it is known whatever happens then. */
    public ChainStep reserve(Writer writer, LedgerId ledger, long nowMillis) {
        if (!isOwner(writer)) {
            return refusedWriter();
        }
        Optional<LogSegment> reserved = reserved();
        if (reserved.isPresent()) {
            return new ChainStep.Settled(this);
        }
        if (segments.size() >= SEGMENTS_MAX) {
            return new ChainStep.Refused(Refusal.FULL, this);
        }
        List<LogSegment> next = new ArrayList<>(segments);
        next.add(new LogSegment(nextNumber, ledger, writer.epoch(), Phase.RESERVED, nowMillis, -1, 0));
        return change(new LogChain(epoch, owner, start, nextNumber + 1, next, doomed, false));
    }

    /** Gives an id back that belongs to somebody else's ledger. */
    public ChainStep unreserve(Writer writer, LedgerId ledger) {
        if (!isOwner(writer)) {
            return refusedWriter();
        }
        if (reserved().filter(segment -> segment.ledger().equals(ledger)).isEmpty()) {
            return new ChainStep.Settled(this);
        }
        return change(
                new LogChain(epoch, owner, start, nextNumber, segments.subList(0, segments.size() - 1), doomed, false));
    }

    /**
     * The reserved ledger exists and takes records from now on; the one before it is closed. A writer acknowledges
     * nothing in a ledger before this is stored, because only then it is certain that nobody took over meanwhile.
     *
     * @param formerEnd of the active segment, if there is one
     */
    public ChainStep activate(Writer writer, LedgerId ledger, Optional<LedgerEnd> formerEnd, long nowMillis) {
        if (!isOwner(writer)) {
            return refusedWriter();
        }
        LogSegment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last != null && last.phase() == Phase.ACTIVE && last.ledger().equals(ledger)) {
            return new ChainStep.Settled(this);
        }
        Invariant.check(
                last != null && last.phase() == Phase.RESERVED && last.ledger().equals(ledger),
                "only a reserved ledger is activated",
                ledger.value(),
                epoch);
        LogChain ended = this;
        Optional<LogSegment> active = active();
        if (active.isPresent()) {
            LedgerEnd end = formerEnd.orElseThrow(() -> new IllegalStateException("the active segment has not ended"));
            ended = withEnd(active.get(), end);
        }
        List<LogSegment> next = new ArrayList<>(ended.segments);
        next.set(next.size() - 1, next.get(next.size() - 1).active(writer.epoch(), nowMillis));
        return change(new LogChain(epoch, owner, start, nextNumber, next, ended.doomed, false));
    }

    /** The ledger of a segment is closed. One that is empty leaves the chain. */
    public ChainStep seal(Writer writer, LedgerId ledger, LedgerEnd end) {
        if (!isOwner(writer)) {
            return refusedWriter();
        }
        Optional<LogSegment> open = segments.stream()
                .filter(segment -> segment.ledger().equals(ledger) && !segment.isSealed())
                .findFirst();
        if (open.isEmpty()) {
            return new ChainStep.Settled(this);
        }
        return change(withEnd(open.get(), end));
    }

    private LogChain withEnd(LogSegment ended, LedgerEnd end) {
        List<LogSegment> next = new ArrayList<>(segments);
        List<LedgerId> nextDoomed = new ArrayList<>(doomed);
        int at = next.indexOf(ended);
        if (end.lastEntry() < 0) {
            next.remove(at);
            nextDoomed.add(ended.ledger());
        } else {
            next.set(at, ended.sealed(epoch, end.lastEntry(), end.bytes()));
        }
        return new LogChain(epoch, owner, start, nextNumber, next, nextDoomed, deleted);
    }

    /** Gives up everything before an entry. Anybody may do so, and a writer goes on undisturbed. */
    public ChainStep truncate(Start before) {
        if (deleted) {
            return new ChainStep.Refused(Refusal.DELETED, this);
        }
        if (compare(before, start) <= 0) {
            return new ChainStep.Settled(this);
        }
        if (before.segment() >= nextNumber) {
            return new ChainStep.Refused(Refusal.BEYOND_END, this);
        }
        List<LogSegment> kept = new ArrayList<>();
        List<LedgerId> nextDoomed = new ArrayList<>(doomed);
        for (LogSegment segment : segments) {
            boolean passed = segment.number() < before.segment()
                    || (segment.number() == before.segment() && segment.lastEntry() < before.entry());
            if (segment.isSealed() && passed) {
                nextDoomed.add(segment.ledger());
            } else {
                kept.add(segment);
            }
        }
        return change(new LogChain(epoch, owner, before, nextNumber, kept, nextDoomed, false));
    }

    /** Ledgers that were doomed are deleted now. */
    public ChainStep forget(List<LedgerId> gone) {
        List<LedgerId> rest =
                doomed.stream().filter(ledger -> !gone.contains(ledger)).toList();
        return rest.size() == doomed.size()
                ? new ChainStep.Settled(this)
                : change(new LogChain(epoch, owner, start, nextNumber, segments, rest, deleted));
    }

    /** The end of the log: every ledger is doomed. The writer that does it has sealed them before. */
    public ChainStep delete(Writer writer) {
        if (deleted) {
            return new ChainStep.Settled(this);
        }
        if (!isOwner(writer)) {
            return refusedWriter();
        }
        List<LedgerId> all = new ArrayList<>(doomed);
        segments.forEach(segment -> all.add(segment.ledger()));
        return change(new LogChain(epoch, owner, start, nextNumber, List.of(), all, true));
    }

    public boolean isOwner(Writer writer) {
        return !deleted && writer.epoch() == epoch && writer.owner().equals(owner);
    }

    private ChainStep refusedWriter() {
        return new ChainStep.Refused(deleted ? Refusal.DELETED : Refusal.DEPOSED, this);
    }

    private static ChainStep change(LogChain next) {
        return new ChainStep.Change(next);
    }

    public Writer writer() {
        return new Writer(epoch, owner);
    }

    public Optional<LogSegment> reserved() {
        return last(Phase.RESERVED);
    }

    public Optional<LogSegment> active() {
        return last(Phase.ACTIVE);
    }

    private Optional<LogSegment> last(Phase phase) {
        for (int i = segments.size() - 1; i >= 0 && !segments.get(i).isSealed(); i--) {
            if (segments.get(i).phase() == phase) {
                return Optional.of(segments.get(i));
            }
        }
        return Optional.empty();
    }

    /** Segments whose end is not known. */
    public List<LogSegment> unsealed() {
        return segments.stream().filter(segment -> !segment.isSealed()).toList();
    }

    /** The first segment with this number or a larger one that a reader may enter; empty if it does not exist yet. */
    public Optional<LogSegment> readableFrom(long number) {
        return segments.stream()
                .filter(segment -> segment.number() >= number && segment.phase() != Phase.RESERVED)
                .findFirst();
    }

    /** The last segment that a reader may enter. */
    public Optional<LogSegment> lastReadable() {
        return active().or(() -> segments.stream().filter(LogSegment::isSealed).reduce((first, second) -> second));
    }

    /** Whether the entry was given up. */
    public boolean isTruncated(Start position) {
        return compare(position, start) < 0;
    }

    /**
     * Whether no record of this log can be there, nor come right behind: a position of another log, or of a former one of
     * the same name. The end of the active segment is not known here.
     */
    public boolean isBeyondEnd(Start position) {
        if (position.segment() >= nextNumber) {
            return position.segment() > nextNumber || position.entry() > 0;
        }
        return segments.stream()
                .anyMatch(segment -> segment.number() == position.segment()
                        && switch (segment.phase()) {
                            case RESERVED -> position.entry() > 0;
                            case ACTIVE -> false;
                            case SEALED -> position.entry() > segment.lastEntry() + 1;
                        });
    }

    /** Whether the ledger is part of the log, or still to be deleted by it. */
    public boolean knows(LedgerId ledger) {
        return doomed.contains(ledger)
                || segments.stream().anyMatch(segment -> segment.ledger().equals(ledger));
    }

    private static int compare(Start one, Start other) {
        int bySegment = Long.compare(one.segment(), other.segment());
        return bySegment != 0 ? bySegment : Long.compare(one.entry(), other.entry());
    }
}
