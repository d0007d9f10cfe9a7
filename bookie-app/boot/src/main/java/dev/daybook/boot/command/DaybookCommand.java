package dev.daybook.boot.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line. */
@Command(
        name = "daybook",
        description = "A replicated log platform: metadata service, bookies, console, and commands for operators.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = VersionText.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:unexpected error",
            "2:wrong command line, settings or surroundings; nothing was started",
            "3:the session with the metadata service was lost",
            "4:registration with the metadata service failed",
            "5:storage failed, or is damaged",
            "6:what was asked for does not exist",
            "7:a change was not confirmed; nothing was changed",
            "8:a job has ended, and some ledgers could not be moved",
            "9:a job was cancelled",
            "143:stopped by SIGTERM, after a clean stop"
        },
        subcommands = {
            StandaloneCommand.class,
            ZooKeeperCommand.class,
            BookieCommand.class,
            ConsoleCommand.class,
            ClusterCommand.class,
            LedgerCommand.class,
            UnderReplicatedCommand.class,
            AutoRecoveryCommand.class,
            JobCommand.class,
            StorageCommand.class,
            BenchCommand.class,
            CompletionCommand.class
        })
public final class DaybookCommand {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log more, and show stack traces of errors.")
    private boolean debug;

    DaybookCommand() {}

    /** @return the exit code of the process */
    public static int run(String... args) {
        DaybookCommand root = new DaybookCommand();
        CommandLine line = new CommandLine(root)
                .setExecutionStrategy(parsed -> {
                    Logging.prepare(root.debug);
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(Errors::onWrongUsage)
                .setExecutionExceptionHandler((error, command, parsed) -> Errors.report(error, root.debug))
                .setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(args);
    }
}
