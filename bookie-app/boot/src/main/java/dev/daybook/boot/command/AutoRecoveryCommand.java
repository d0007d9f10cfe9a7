package dev.daybook.boot.command;

import picocli.CommandLine.Command;

/** {@code daybook autorecovery}. */
@Command(
        name = "autorecovery",
        description = "Look at the cluster's repair of itself, and switch it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AutoRecoveryOperations.Status.class,
            AutoRecoveryOperations.On.class,
            AutoRecoveryOperations.Off.class,
            AutoRecoveryOperations.Trigger.class
        })
final class AutoRecoveryCommand {}
