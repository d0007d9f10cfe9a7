package dev.daybook.core.job;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;

/** What an operator, or the cluster itself, wants done. */
public sealed interface JobOrder {
    JobKind kind();

    /** What becomes of the ledger; empty if the order does not concern it. */
    Optional<Relocation> relocationOf(LedgerId ledger);

    /** The bookie that is emptied, if one is. */
    default Optional<BookieId> leaving() {
        return Optional.empty();
    }

    /**
     * Empties a bookie, dead or alive.
     *
     * @param successor who gets its copies; placement decides where there is none, or where it has a copy already
     * @param forced whether to begin although some ledgers have nowhere to go
     * @param cookieGoes whether its cookie is deleted once nothing is left on it and it does not run
     */
    record Evacuation(JobKind kind, BookieId bookie, Optional<BookieId> successor, boolean forced, boolean cookieGoes)
            implements JobOrder {
        public Evacuation {
            if (kind == JobKind.REBALANCE || successor.isPresent() != (kind == JobKind.REPLACE)) {
                throw new IllegalArgumentException("a bookie that is replaced has a successor, and no other has");
            }
            if (successor.filter(bookie::equals).isPresent()) {
                throw new IllegalArgumentException("bookie " + bookie + " cannot be replaced by itself");
            }
        }

        public static Evacuation decommission(BookieId bookie) {
            return new Evacuation(JobKind.DECOMMISSION, bookie, Optional.empty(), false, true);
        }

        public static Evacuation drain(BookieId bookie) {
            return new Evacuation(JobKind.DRAIN, bookie, Optional.empty(), false, false);
        }

        public static Evacuation replace(BookieId bookie, BookieId successor) {
            return new Evacuation(JobKind.REPLACE, bookie, Optional.of(successor), false, false);
        }

        public Evacuation byForce() {
            return new Evacuation(kind, bookie, successor, true, cookieGoes);
        }

        public Evacuation keepingCookie() {
            return new Evacuation(kind, bookie, successor, forced, false);
        }

        @Override
        public Optional<Relocation> relocationOf(LedgerId ledger) {
            return Optional.of(new Relocation(bookie, successor));
        }

        @Override
        public Optional<BookieId> leaving() {
            return Optional.of(bookie);
        }
    }

    /**
     * Makes exactly these moves.
     *
     * @param moves each of a different ledger, so that no ledger is moved twice
     */
    record Rebalance(List<Move> moves) implements JobOrder {
        public Rebalance {
            moves = List.copyOf(moves);
            if (moves.stream().map(Move::ledger).distinct().count() != moves.size()) {
                throw new IllegalArgumentException("a ledger is moved once");
            }
        }

        @Override
        public JobKind kind() {
            return JobKind.REBALANCE;
        }

        @Override
        public Optional<Relocation> relocationOf(LedgerId ledger) {
            return moves.stream()
                    .filter(move -> move.ledger().equals(ledger))
                    .findFirst()
                    .map(move -> new Relocation(move.from(), Optional.of(move.to())));
        }
    }
}
