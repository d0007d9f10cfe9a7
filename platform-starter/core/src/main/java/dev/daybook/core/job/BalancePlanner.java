package dev.daybook.core.job;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chooses moves from full bookies to empty ones. All ledgers are counted first; then each is offered once. Disk use counts
 * first; where all disks are about equally full, the number of ledgers does. A move is chosen only if it leaves the taker
 * no fuller than the giver, so the most unequal two never grow further apart.
 *
 * <p>Not thread-safe. Given the same calls it chooses the same moves.
 */
public final class BalancePlanner {
    private static final double PERCENT = 100;

    /** One bookie, with what the moves chosen so far will change. */
    private static final class Side {
        private final BookieLoad load;
        private long ledgers;
        private long movedBytes;

        Side(BookieLoad load) {
            this.load = load;
        }

        double diskShare(long moreBytes) {
            return (double) (load.totalBytes() - load.freeBytes() + movedBytes + moreBytes) / load.totalBytes();
        }
    }

    private final BalanceLimits limits;
    private final TreeMap<BookieId, Side> sides = new TreeMap<>();
    private final List<Move> moves = new ArrayList<>();

    public BalancePlanner(Collection<BookieLoad> bookies, BalanceLimits limits) {
        this.limits = limits;
        bookies.forEach(load -> sides.put(load.bookie(), new Side(load)));
    }

    /** Each ledger of the cluster once, before any is offered. */
    public void count(LedgerMetadata metadata) {
        members(metadata).forEach(bookie -> side(bookie).ifPresent(side -> side.ledgers++));
    }

    private Optional<Side> side(BookieId bookie) {
        return Optional.ofNullable(sides.get(bookie));
    }

    private Side required(BookieId bookie) {
        return side(bookie)
                .orElseThrow(
                        () -> new IllegalArgumentException("bookie " + bookie + " is none of those to be evened out"));
    }

    private static Set<BookieId> members(LedgerMetadata metadata) {
        Set<BookieId> members = new HashSet<>();
        metadata.fragments().stream().map(Fragment::ensemble).forEach(members::addAll);
        return members;
    }

    /** Whether another move could be of use. */
    public boolean isOpen() {
        return moves.size() < limits.movesMax() && sides.size() > 1 && (disksDiffer() || countsDiffer());
    }

    private boolean disksDiffer() {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (Side side : sides.values()) {
            if (!side.load.isKnown()) {
                return false;
            }
            least = Math.min(least, side.diskShare(0));
            most = Math.max(most, side.diskShare(0));
        }
        return (most - least) * PERCENT > limits.tolerancePercent();
    }

    private boolean countsDiffer() {
        long least =
                sides.values().stream().mapToLong(side -> side.ledgers).min().orElse(0);
        long most =
                sides.values().stream().mapToLong(side -> side.ledgers).max().orElse(0);
        double mean = sides.values().stream()
                .mapToLong(side -> side.ledgers)
                .average()
                .orElse(0);
        return most - least > Math.max(1, mean * limits.tolerancePercent() / PERCENT);
    }

    /**
     * The best move of this ledger, if it should be moved; {@link #choose} makes it part of the plan. Ledgers that are not
     * closed stay where their writers want them.
     */
    public Optional<Move> offer(LedgerId ledger, LedgerMetadata metadata) {
        if (!metadata.isClosed() || !isOpen()) {
            return Optional.empty();
        }
        Set<BookieId> members = members(metadata);
        Comparator<Side> byLoad = Comparator.comparingDouble(this::weight);
        Optional<Side> giver = members.stream()
                .flatMap(bookie -> side(bookie).stream())
                .max(byLoad.thenComparing(side -> side.load.bookie()));
        Optional<Side> taker = sides.values().stream()
                .filter(side -> side.load.writable() && !members.contains(side.load.bookie()))
                .min(byLoad.thenComparing(side -> side.load.bookie()));
        if (giver.isEmpty() || taker.isEmpty()) {
            return Optional.empty();
        }
        BookieId from = giver.get().load.bookie();
        Move move = new Move(ledger, from, taker.get().load.bookie(), new LedgerShare(metadata, from).bytes());
        return helps(move) ? Optional.of(move) : Optional.empty();
    }

    private double weight(Side side) {
        return disksDiffer() ? side.diskShare(0) : side.ledgers;
    }

    private boolean helps(Move move) {
        Side from = required(move.from());
        Side to = required(move.to());
        if (disksDiffer()) {
            return move.bytes() > 0 && to.diskShare(move.bytes()) <= from.diskShare(-move.bytes());
        }
        return to.ledgers + 1 <= from.ledgers - 1;
    }

    /** @return false if moves that were chosen since it was offered have made it useless */
    public boolean choose(Move move) {
        if (!isOpen() || !helps(move)) {
            return false;
        }
        Side from = required(move.from());
        Side to = required(move.to());
        from.movedBytes -= move.bytes();
        from.ledgers--;
        to.movedBytes += move.bytes();
        to.ledgers++;
        moves.add(move);
        return true;
    }

    public List<Move> moves() {
        return List.copyOf(moves);
    }
}
