package dev.daybook.core.repair;

import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a check found.
 *
 * @param faulty ranges that lack copies and can be given them
 * @param openFaulty lost or leaving members of fragments that may still be written: only recovery of the ledger helps
 * @param unknown bookies that did not answer some question, by the last reason; nothing was learnt of them
 */
public record CheckReport(List<FaultyRange> faulty, Set<BookieId> openFaulty, Map<BookieId, Answer.Reason> unknown) {
    public CheckReport {
        faulty = List.copyOf(faulty);
        openFaulty = Set.copyOf(openFaulty);
        unknown = Map.copyOf(unknown);
    }

    /** Nothing is missing, as far as was looked, and everybody has answered. */
    public boolean isSound() {
        return faulty.isEmpty() && openFaulty.isEmpty() && unknown.isEmpty();
    }
}
