package dev.daybook.boot.command;

import dev.daybook.boot.role.KeptSecret;
import dev.daybook.boot.role.ReadyLine;
import dev.daybook.boot.role.StopSignal;
import dev.daybook.console.ConsoleApplication;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook console}. */
@Command(
        name = "console",
        description = {
            "Run the admin console.",
            "",
            "There is no default password: set the property daybook.console.password, best in the environment variable"
                    + " DAYBOOK_CONSOLE_PASSWORD or in a file daybook-console.properties, or let --password-file keep"
                    + " one."
        })
final class ConsoleCommand implements Callable<Integer> {
    @Option(
            names = "--metadata-uri",
            paramLabel = "URI",
            description = "Metadata service, like zk+longhierarchical://zk1:2181/ledgers (daybook.metadata-uri).")
    private @Nullable String metadataUri;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Port to listen on; 0 chooses a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--listen-host", paramLabel = "HOST", description = "Address to bind. Default: 127.0.0.1.")
    private @Nullable String listenHost;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File that holds the password; made with a random one if it is missing.")
    private @Nullable Path passwordFile;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.port", Integer.toString(Ports.check("--port", port)));
        if (metadataUri != null) {
            properties.put("daybook.metadata-uri", metadataUri);
        }
        if (listenHost != null) {
            properties.put("server.address", listenHost);
        }
        if (passwordFile != null) {
            properties.put(
                    "daybook.console.password",
                    KeptSecret.in(passwordFile, "The console's password", "--password-file")
                            .secret());
        }
        ConfigurableApplicationContext console = ConsoleApplication.start(properties);
        StopSignal.closeOnExit(console);
        new ReadyLine("console")
                .with("port", console.getEnvironment().getRequiredProperty("local.server.port"))
                .print();
        StopSignal.await();
        return 0;
    }
}
