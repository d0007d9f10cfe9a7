package dev.daybook.boot.command;

import dev.daybook.boot.autorecovery.AutoRecoveryRole;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daybook autorecovery}: the role, and the operators' commands below it. Every flag is a property; flags win over files and environment. */
@Command(
        name = "autorecovery",
        description = {
            "Find ledgers that lack copies, after the loss of bookies above all, and give them back; or, with a command,"
                    + " look at the cluster's repair of itself and switch it.",
            "",
            "Several of these processes share the work; one of them is the auditor. Every flag has a property (in"
                    + " parentheses), which may come from the environment, from system properties or from a file"
                    + " daybook-autorecovery.properties in the working folder; flags win."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            AutoRecoveryStatusCommand.class,
            AutoRecoveryOperations.On.class,
            AutoRecoveryOperations.Off.class,
            AutoRecoveryOperations.Trigger.class,
            AutoRecoveryDelayCommand.class,
            AutoRecoveryLimitCommand.class
        })
@SuppressWarnings("UnusedMethod") // picocli calls the setters.
final class AutoRecoveryCommand implements Callable<Integer> {
    @Mixin
    private PropertyArguments properties = new PropertyArguments();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What others see in locks and as the auditor (daybook.autorecovery.name). Default: this"
                    + " machine's name.")
    private void name(@Nullable String name) {
        properties.set("daybook.autorecovery.name", name);
    }

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description =
                    "Serve health and metrics on this port (daybook.autorecovery.http.port). Default: not at all.")
    private void httpPort(@Nullable Integer port) {
        properties.set("daybook.autorecovery.http.port", port);
    }

    @Option(
            names = "--ledgers-at-once",
            paramLabel = "N",
            description = "Ledgers repaired at the same time (daybook.autorecovery.ledgers-at-once). Default: 4.")
    private void ledgersAtOnce(@Nullable Integer ledgers) {
        properties.set("daybook.autorecovery.ledgers-at-once", ledgers);
    }

    @Option(
            names = "--rate",
            paramLabel = "SIZE",
            description = "Read per second by all repairs together, like 50MB; 0 for no limit"
                    + " (daybook.autorecovery.rate). Default: no limit.")
    private void rate(@Nullable String rate) {
        properties.set("daybook.autorecovery.rate", rate);
    }

    @Override
    public Integer call() throws InterruptedException {
        return AutoRecoveryRole.run(properties.all());
    }
}
