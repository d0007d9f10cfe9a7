package dev.daybook.core.recover;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.quorum.Coverage;
import dev.daybook.core.quorum.FirstError;
import dev.daybook.core.read.LastEntry;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.Quorum;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Fencing the bookies of the last fragment and learning where to start. Source: client protocol specification, section
 * 18.1, steps R2 and R3.
 */
final class FenceRound {
    private final Quorum quorum;
    private final Fragment cohort;
    private final BitSet answered = new BitSet();
    private final BitSet known = new BitSet();
    private final FirstError firstError = new FirstError();
    /** Entry id to the length in its header, of every last entry seen. */
    private final TreeMap<Long, Long> lengths = new TreeMap<>();

    private long maxLac = -1;
    private long lengthAtMaxLac;

    FenceRound(Quorum quorum, Fragment cohort) {
        this.quorum = quorum;
        this.cohort = cohort;
    }

    void onAnswer(int position, BookieId bookie, Answer<LastEntry> answer) {
        if (answered.get(position) || !cohort.ensemble().get(position).equals(bookie)) {
            return;
        }
        answered.set(position);
        known.set(position, answer.isKnown());
        if (answer instanceof Answer.Positive<LastEntry> positive) {
            note(positive.value());
        } else if (answer instanceof Answer.Unknown<LastEntry> unknown) {
            firstError.note(unknown.reason());
        }
    }

    private void note(LastEntry last) {
        lengths.put(last.entryId(), last.length());
        if (last.lac() > maxLac) {
            maxLac = last.lac();
            lengthAtMaxLac = last.length();
        }
    }

    /** No ack quorum of unfenced bookies is left in any write set: no further add of the old writer can complete. */
    boolean isCovered() {
        return Coverage.ofEnsemble(quorum, known::get);
    }

    boolean isExhausted() {
        return answered.cardinality() == cohort.ensemble().size();
    }

    Fragment cohort() {
        return cohort;
    }

    Optional<Answer.Reason> error() {
        return firstError.reason();
    }

    /**
     * Everything up to here is confirmed. Never below the cohort's first entry: earlier fragments are settled, and walking
     * back into them would end in a fragment before the last one.
     */
    long startLac() {
        return Math.max(maxLac, cohort.firstEntryId() - 1);
    }

    /** The ledger's length up to that entry, if a bookie had it as its last one. */
    OptionalLong lengthOf(long entryId) {
        Long length = lengths.get(entryId);
        return length == null ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** What the peer takes for the length. May belong to an entry above the last confirmed one. */
    long lengthAtMaxLac() {
        return lengthAtMaxLac;
    }
}
