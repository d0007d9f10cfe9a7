package dev.daybook.samples.quickstart;

import dev.daybook.protocol.model.LedgerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;

/**
 * What the command line says.
 *
 * @param file path of the text, {@code -} for standard input, empty for the text that comes with the sample
 * @param outstanding lines that may wait for their acknowledgement
 * @param ledger compare this ledger with the text instead of writing a new one
 */
record Options(String file, ProgressMode progress, int outstanding, Optional<LedgerId> ledger) {
    private static final Set<String> OWN = Set.of("file", "progress", "outstanding", "verify-ledger");
    private static final Set<String> PROPERTY_ROOTS = Set.of("daybook", "spring", "logging", "management", "server");
    private static final Set<String> SWITCHES = Set.of("debug", "trace");
    private static final int DEFAULT_OUTSTANDING = 1000;

    /** When to show a progress bar. */
    enum ProgressMode {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** @throws IllegalArgumentException with one sentence for the person at the keyboard */
    static Options parse(ApplicationArguments arguments) {
        if (!arguments.getNonOptionArgs().isEmpty()) {
            String word = arguments.getNonOptionArgs().get(0);
            throw new IllegalArgumentException("\"" + word + "\" is not an option; write --file=" + word
                    + " to read that file, or --file=- for standard input");
        }
        for (String name : arguments.getOptionNames()) {
            if (!isKnown(name)) {
                throw new IllegalArgumentException(
                        "there is no option --" + name
                                + "; use --file, --progress, --outstanding, --verify-ledger or a property such as --daybook.metadata-uri");
            }
        }
        return new Options(
                value(arguments, "file", ""),
                progressMode(value(arguments, "progress", "auto")),
                outstanding(value(arguments, "outstanding", String.valueOf(DEFAULT_OUTSTANDING))),
                ledger(value(arguments, "verify-ledger", "")));
    }

    private static boolean isKnown(String name) {
        int dot = name.indexOf('.');
        return OWN.contains(name)
                || SWITCHES.contains(name)
                || (dot > 0 && PROPERTY_ROOTS.contains(name.substring(0, dot)));
    }

    private static String value(ApplicationArguments arguments, String name, String fallback) {
        List<String> values = arguments.getOptionValues(name);
        if (values == null) {
            return fallback;
        }
        if (values.size() != 1 || values.get(0).isEmpty()) {
            throw new IllegalArgumentException(
                    "the option --" + name + " needs exactly one value: --" + name + "=VALUE");
        }
        return values.get(0);
    }

    private static ProgressMode progressMode(String text) {
        return switch (text) {
            case "auto" -> ProgressMode.AUTO;
            case "always" -> ProgressMode.ALWAYS;
            case "never" -> ProgressMode.NEVER;
            default ->
                throw new IllegalArgumentException("--progress must be auto, always or never, but is \"" + text + "\"");
        };
    }

    private static Optional<LedgerId> ledger(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(LedgerId.parse(text));
    }

    private static int outstanding(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one sentence for every wrong value.
        }
        throw new IllegalArgumentException("--outstanding must be a number from 1, but is \"" + text + "\"");
    }
}
