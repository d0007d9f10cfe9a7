package dev.daybook.boot.command;

import picocli.CommandLine.Command;

/** {@code daybook storage}. */
@Command(
        name = "storage",
        description = {
            "Look at, verify, repair and import the folders of a bookie that does not run.",
            "",
            "Nothing is changed unless the command says so."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StorageInspectCommand.class,
            StorageVerifyCommand.class,
            StorageRebuildIndexCommand.class,
            StorageImportCommand.class
        })
final class StorageCommand {}
