package dev.daybook.boot.bookie;

import dev.daybook.client.meta.MetadataUri;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the cluster is.
 *
 * @param metadataUri Metadata service, like {@code zk+longhierarchical://zk1:2181/ledgers}.
 */
@ConfigurationProperties("daybook")
public record MetadataProperties(@Nullable String metadataUri) {
    public MetadataProperties {
        if (metadataUri == null || metadataUri.isBlank()) {
            throw new IllegalArgumentException("daybook.metadata-uri (--metadata-uri) is not set: write it like"
                    + " zk+longhierarchical://zk1:2181/ledgers");
        }
        check(metadataUri);
    }

    private static void check(String text) {
        try {
            MetadataUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("daybook.metadata-uri (--metadata-uri) is wrong: " + e.getMessage(), e);
        }
    }

    MetadataUri uri() {
        return MetadataUri.parse(String.valueOf(metadataUri));
    }
}
