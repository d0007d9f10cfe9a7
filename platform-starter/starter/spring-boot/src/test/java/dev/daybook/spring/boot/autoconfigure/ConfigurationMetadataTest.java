package dev.daybook.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Editors complete our properties from this file; a property without a sentence helps nobody. */
class ConfigurationMetadataTest {
    private static final Pattern PROPERTY = Pattern.compile(
            "\"name\": \"((?:daybook|management)\\.[a-z.-]+)\",\\s+\"type\": \"[^\"]+\",\\s+\"description\"");

    @Test
    void everyPropertyIsDescribed() throws IOException {
        String metadata = metadata();
        List<String> described = PROPERTY.matcher(metadata)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(described)
                .containsExactlyInAnyOrder(
                        "daybook.enabled",
                        "daybook.metadata-uri",
                        "daybook.metadata.session-timeout",
                        "daybook.metadata.operation-timeout",
                        "daybook.client.connect-timeout",
                        "daybook.client.add-timeout",
                        "daybook.client.read-timeout",
                        "daybook.client.max-pending-bytes",
                        "daybook.client.max-frame-bytes",
                        "daybook.client.protocol",
                        "daybook.client.append-timeout",
                        "daybook.client.explicit-lac-delay",
                        "daybook.client.reads.hedge-delay",
                        "daybook.client.reads.reorder",
                        "daybook.client.reads.sticky",
                        "daybook.client.reads.batch",
                        "daybook.client.reads.repair-hints",
                        "daybook.client.placement.policy",
                        "daybook.client.placement.strict",
                        "daybook.client.placement.minimum",
                        "daybook.client.placement.desired-zones",
                        "daybook.client.placement.regions",
                        "daybook.client.placement.here",
                        "daybook.client.placement.locations",
                        "daybook.client.placement.weighted",
                        "daybook.client.placement.weights-interval",
                        "daybook.client.placement.quarantine",
                        "daybook.client.placement.quarantine-failures",
                        "daybook.ledger.ensemble-size",
                        "daybook.ledger.write-quorum",
                        "daybook.ledger.ack-quorum",
                        "daybook.ledger.digest",
                        "daybook.ledger.password",
                        "daybook.metadata.username",
                        "daybook.metadata.password",
                        "daybook.metadata.tls.trusted-certificates",
                        "daybook.metadata.tls.certificate",
                        "daybook.metadata.tls.private-key",
                        "daybook.metadata.tls.verify-host-name",
                        "daybook.tls.trusted-certificates",
                        "daybook.tls.certificate",
                        "daybook.tls.private-key",
                        "daybook.tls.verify-host-name",
                        "daybook.tls.reload-interval",
                        "daybook.auth.username",
                        "daybook.auth.password",
                        "daybook.auth.token",
                        "management.health.daybook.enabled");
    }

    @Test
    void defaultsAreShown() throws IOException {
        Matcher uri = Pattern.compile("\"name\": \"daybook.metadata-uri\"[^}]+\"defaultValue\": \"([^\"]+)\"")
                .matcher(metadata());

        assertThat(uri.find()).isTrue();
        assertThat(uri.group(1)).isEqualTo("zk://localhost:2181/ledgers");
    }

    private static String metadata() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ConfigurationMetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\\/", "/");
        }
    }
}
