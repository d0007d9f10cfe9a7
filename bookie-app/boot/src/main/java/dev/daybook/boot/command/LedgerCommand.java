package dev.daybook.boot.command;

import picocli.CommandLine.Command;

/** {@code daybook ledger}. */
@Command(
        name = "ledger",
        description = "Look at ledgers, read, write, close and delete them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LedgerListCommand.class,
            LedgerShowCommand.class,
            LedgerReadCommand.class,
            LedgerTailCommand.class,
            LedgerWriteCommand.class,
            LedgerRecoverCommand.class,
            LedgerDeleteCommand.class
        })
final class LedgerCommand {}
