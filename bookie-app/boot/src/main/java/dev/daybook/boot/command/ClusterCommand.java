package dev.daybook.boot.command;

import dev.daybook.boot.role.Connectors;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.meta.MetadataUri;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daybook cluster}. */
@Command(name = "cluster", description = "Look after a cluster as a whole.", synopsisSubcommandLabel = "COMMAND")
final class ClusterCommand {
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    @Command(
            name = "init",
            description = "Create a cluster's root in a metadata service; does nothing if it is there already.")
    int init(
            @Option(
                            names = "--metadata-uri",
                            required = true,
                            paramLabel = "URI",
                            description =
                                    "Metadata service, like zk+longhierarchical://zk1:2181/ledgers or etcd://etcd1:2379/ledgers.")
                    String metadataUri) {
        MetadataUri uri = parse(metadataUri);
        boolean created = Connectors.initialise(uri, SESSION_TIMEOUT);
        System.out.println(created ? "Created the cluster " + uri + "." : "The cluster " + uri + " exists already.");
        return 0;
    }

    private static MetadataUri parse(String text) {
        try {
            return MetadataUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, "--metadata-uri is wrong: " + e.getMessage(), e);
        }
    }
}
