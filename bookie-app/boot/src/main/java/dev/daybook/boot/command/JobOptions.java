package dev.daybook.boot.command;

import picocli.CommandLine.Option;

/** How a command that orders a job goes on. */
final class JobOptions {
    @Option(names = "--dry-run", description = "Show what would be done, and order nothing.")
    private boolean dryRun;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait for the job's end (the default); with --no-wait it goes on by itself.")
    private boolean wait;

    boolean dryRun() {
        return dryRun;
    }

    boolean waits() {
        return wait;
    }
}
