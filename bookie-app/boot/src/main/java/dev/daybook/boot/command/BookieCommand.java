package dev.daybook.boot.command;

import dev.daybook.boot.bookie.BookieRole;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code daybook bookie}. Every flag is a property; flags win over files and environment. */
@Command(
        name = "bookie",
        description = {
            "Run a bookie, which stores entries; with a command, look at bookies instead.",
            "",
            "Every flag has a property (in parentheses), which may come from the environment, from system properties or"
                    + " from a file daybook-bookie.properties in the working folder; flags win."
        },
        subcommands = {
            BookieListCommand.class,
            BookieInfoCommand.class,
            BookieCookieCommand.class,
            BookieLeaveCommands.Decommission.class,
            BookieLeaveCommands.Drain.class,
            BookieLeaveCommands.Replace.class,
            BookieLeaveCommands.Readmit.class
        })
@SuppressWarnings("UnusedMethod") // picocli calls the setters.
final class BookieCommand implements Callable<Integer> {
    @Mixin
    private PropertyArguments properties = new PropertyArguments();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the bookie protocol; 0 chooses a free one (daybook.bookie.port). Default: 3181.")
    private void port(@Nullable Integer port) {
        properties.set("daybook.bookie.port", port);
    }

    @Option(names = "--listen-host", paramLabel = "HOST", description = "Address to bind (daybook.bookie.listen-host).")
    private void listenHost(@Nullable String host) {
        properties.set("daybook.bookie.listen-host", host);
    }

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder for journal and ledgers (daybook.bookie.data-dir).")
    private void dataDir(@Nullable String folder) {
        properties.set("daybook.bookie.data-dir", folder);
    }

    @Option(
            names = "--journal-dir",
            paramLabel = "DIR",
            description = "Folder for the journal, best on a disk of its own (daybook.bookie.journal-dirs)."
                    + " Default: journal in the data folder.")
    private void journalDir(@Nullable String folder) {
        properties.set("daybook.bookie.journal-dirs", folder);
    }

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description =
                    "Serve health, metrics and usage on this port (daybook.bookie.http.port). Default: not at all.")
    private void httpPort(@Nullable Integer port) {
        properties.set("daybook.bookie.http.port", port);
    }

    @Option(
            names = "--advertised-address",
            paramLabel = "HOST",
            description = "Host or address that clients connect to, part of the bookie's name"
                    + " (daybook.bookie.advertised-address). Default: this machine's address.")
    private void advertisedAddress(@Nullable String host) {
        properties.set("daybook.bookie.advertised-address", host);
    }

    @Option(
            names = "--bookie-id",
            paramLabel = "ID",
            description = "Name of the bookie (daybook.bookie.id). Default: advertised address and port.")
    private void bookieId(@Nullable String id) {
        properties.set("daybook.bookie.id", id);
    }

    @Option(
            names = "--init-cluster",
            negatable = true,
            description = "Whether a bookie without data creates the cluster's root if it is missing"
                    + " (daybook.bookie.init-cluster). Default: true.")
    private void initCluster(@Nullable Boolean allowed) {
        properties.set("daybook.bookie.init-cluster", allowed);
    }

    @Option(
            names = "--accept-data-loss",
            description = "Start although a disk came back empty or damaged: what may have been lost is fenced and"
                    + " never denied until it was copied back (daybook.bookie.accept-data-loss).")
    private void acceptDataLoss(@Nullable Boolean accepted) {
        properties.set("daybook.bookie.accept-data-loss", accepted);
    }

    @Override
    public Integer call() {
        return BookieRole.run(properties.all());
    }
}
