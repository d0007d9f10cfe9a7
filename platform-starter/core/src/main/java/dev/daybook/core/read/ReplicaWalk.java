package dev.daybook.core.read;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.FirstError;
import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which replica to ask next, and what is known when there is none left: the part that reading one entry and reading a
 * batch have in common. Source: client protocol specification, section 10.2.
 */
final class ReplicaWalk {
    /** What a miss leads to. */
    enum Next {
        /** Others were asked and may still answer. */
        WAIT,
        ASK,
        EXHAUSTED
    }

    private final List<BookieId> ensemble;
    private final List<Integer> order;
    private final boolean[] outstanding;
    private final FirstError firstError = new FirstError();
    private final List<Defect> defects = new ArrayList<>();
    /** Replicas {@code order[0 .. asked)} were asked. */
    private int asked;

    /** @param order ensemble positions in the order to ask them, each once */
    ReplicaWalk(List<BookieId> ensemble, List<Integer> order) {
        this.ensemble = ensemble;
        this.order = List.copyOf(order);
        this.outstanding = new boolean[ensemble.size()];
    }

    boolean hasBegun() {
        return asked > 0;
    }

    /** The position to ask now; empty when all were asked. */
    Optional<Integer> next() {
        if (asked == order.size()) {
            return Optional.empty();
        }
        int position = order.get(asked);
        asked++;
        outstanding[position] = true;
        return Optional.of(position);
    }

    BookieId bookie(int position) {
        return ensemble.get(position);
    }

    /** True the first time a position that was asked answers. */
    boolean takes(int position) {
        boolean waiting = outstanding[position];
        outstanding[position] = false;
        return waiting;
    }

    /** An answer that is not positive. */
    Next onMiss(int position, Answer<?> answer) {
        if (answer instanceof Answer.Unknown<?> unknown) {
            firstError.note(unknown.reason());
            if (unknown.reason() == Answer.Reason.DIGEST_MISMATCH) {
                onDefect(position, Defect.Kind.CORRUPT);
            }
        } else {
            onDefect(position, Defect.Kind.MISSING);
        }
        for (boolean waiting : outstanding) {
            if (waiting) {
                return Next.WAIT;
            }
        }
        return asked < order.size() ? Next.ASK : Next.EXHAUSTED;
    }

    void onDefect(int position, Defect.Kind kind) {
        defects.add(new Defect(ensemble.get(position), kind));
    }

    List<Defect> defects() {
        return List.copyOf(defects);
    }

    /** Empty when only explicit negatives were seen. */
    Optional<Answer.Reason> reason() {
        return firstError.reason();
    }

    /** Who was asked before the position that answered and has not answered yet. */
    List<BookieId> slowerThan(int answered) {
        List<BookieId> slow = new ArrayList<>();
        for (int position : order.subList(0, asked)) {
            if (position == answered) {
                break;
            }
            if (outstanding[position]) {
                slow.add(ensemble.get(position));
            }
        }
        return slow;
    }

    /** Who was asked and has not answered. */
    List<BookieId> waitedFor() {
        List<BookieId> waiting = new ArrayList<>();
        for (int position : order.subList(0, asked)) {
            if (outstanding[position]) {
                waiting.add(ensemble.get(position));
            }
        }
        return waiting;
    }
}
