package dev.daybook.boot.command;

import dev.daybook.boot.role.RoleRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a command that cannot be undone may do. */
final class ChangeOptions {
    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    boolean dryRun() {
        return dryRun;
    }

    /** Asks on standard error and reads the answer from standard input, unless it was given with {@code --yes}. */
    void confirm(String question) {
        if (!yes) {
            requireTyped(question, "yes");
        }
    }

    /** @throws RoleRefused unless exactly this is typed */
    static void requireTyped(String question, String expected) {
        System.err.print(question + " ");
        System.err.flush();
        if (!expected.equals(readLine())) {
            throw new RoleRefused(RoleRefused.NOT_CONFIRMED, "It was not confirmed, so nothing was changed.");
        }
    }

    private static @Nullable String readLine() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? null : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
