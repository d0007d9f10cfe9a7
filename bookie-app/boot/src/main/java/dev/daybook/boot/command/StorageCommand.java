package dev.daybook.boot.command;

import picocli.CommandLine.Command;

/** {@code daybook storage}. */
@Command(
        name = "storage",
        description = "Look at, check, repair and import the folders of a bookie that does not run.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StorageImportCommand.class})
final class StorageCommand {}
