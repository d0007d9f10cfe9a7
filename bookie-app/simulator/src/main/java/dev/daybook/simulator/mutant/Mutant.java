package dev.daybook.simulator.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A known defect.
 *
 * @param id row of the catalogue of historical faults, with a letter where there are several
 * @param what a few words
 */
record Mutant(String id, String what, List<Change> changes) {
    /** In a file, what is replaced by what. Blanks in the original do not matter. */
    record Change(String file, String original, String replacement) {
        /** @throws IllegalStateException if the original is not there exactly once */
        String applyTo(String source) {
            List<String> words = new ArrayList<>();
            for (String word : original.strip().split("\\s+", -1)) {
                words.add(Pattern.quote(word));
            }
            // A formatter may break a line behind any bracket, dot or comma.
            String pattern = String.join("\\s*", words);
            Matcher found = Pattern.compile(pattern).matcher(source);
            if (!found.find()) {
                throw new IllegalStateException(file + " does not contain: " + original);
            }
            String changed = source.substring(0, found.start()) + replacement + source.substring(found.end());
            if (found.find()) {
                throw new IllegalStateException(file + " contains twice: " + original);
            }
            return changed;
        }
    }
}
