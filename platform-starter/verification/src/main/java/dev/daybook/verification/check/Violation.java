package dev.daybook.verification.check;

import dev.daybook.verification.history.Operation;
import java.util.List;

/**
 * A rule was broken.
 *
 * @param rule the number of the check, for instance C1
 * @param ledgerId whose operations tell the story
 * @param text one sentence
 * @param evidence the operations that contradict each other
 */
public record Violation(String rule, long ledgerId, String text, List<Operation> evidence) {
    public Violation {
        evidence = List.copyOf(evidence);
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(rule + ": " + text);
        evidence.forEach(operation -> all.append("\n    ").append(operation.toJson()));
        return all.toString();
    }
}
