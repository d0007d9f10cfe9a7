package dev.daybook.boot.command;

import dev.daybook.boot.role.ClientFile;
import dev.daybook.boot.role.Connectors;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataStores;
import dev.daybook.client.meta.MetadataTimeouts;
import dev.daybook.client.meta.MetadataUri;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How commands reach a cluster. */
final class ConnectionOptions {
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    @Option(
            names = {"--metadata-uri", "--uri"},
            paramLabel = "URI",
            defaultValue = "${env:DAYBOOK_METADATA_URI}",
            description = "Metadata service, like zk+longhierarchical://zk1:2181/ledgers or etcd://etcd1:2379/ledgers."
                    + " Default: environment variable DAYBOOK_METADATA_URI, then --client-file.")
    private @Nullable String metadataUri;

    @Option(
            names = "--client-file",
            paramLabel = "FILE",
            defaultValue = "${env:DAYBOOK_CLIENT_FILE}",
            description = "Properties file that says how to connect, with the names that applications use:"
                    + " daybook.metadata-uri, daybook.tls.*, daybook.auth.*, daybook.metadata.*."
                    + " Default: environment variable DAYBOOK_CLIENT_FILE.")
    private @Nullable Path clientFile;

    /** For ledgers and what operators look at. */
    LedgerClient client() {
        ClientConfig config = config();
        try {
            return LedgerClients.connect(config);
        } catch (IllegalArgumentException e) {
            throw ClientFile.unusable(e);
        }
    }

    /** How a client connects, and otherwise by default. */
    ClientConfig config() {
        ClientFile file = file();
        return ClientConfig.of(uri(file)).withSecurity(file.security());
    }

    /** For what clients have no business with: cookies, marks, switches. */
    MetadataStore store() {
        return MetadataStores.connect(access());
    }

    MetadataAccess access() {
        ClientFile file = file();
        return new MetadataAccess(
                uri(file),
                new MetadataTimeouts(Connectors.CONNECT_TIMEOUT, SESSION_TIMEOUT, Connectors.OPERATION_TIMEOUT),
                file.security().metadata());
    }

    private ClientFile file() {
        return clientFile == null ? ClientFile.none() : ClientFile.read(clientFile);
    }

    private MetadataUri uri(ClientFile file) {
        String text = metadataUri == null ? file.metadataUri().orElse("") : metadataUri;
        if (text.isEmpty()) {
            throw new RoleRefused(
                    RoleRefused.CONFIGURATION,
                    "It is not known which cluster is meant: give --metadata-uri, or set DAYBOOK_METADATA_URI.");
        }
        try {
            return MetadataUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RoleRefused(RoleRefused.CONFIGURATION, "--metadata-uri is wrong: " + e.getMessage(), e);
        }
    }
}
