package dev.daybook.server;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.server.shard.LedgersInMetadata;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The ledgers of the cluster, page by page. A page that fails makes the whole listing fail. */
final class MetadataListing implements LedgersInMetadata {
    private static final int PAGE = 10_000;

    private final MetadataStore metadata;

    MetadataListing(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public Set<Long> list() throws IOException {
        Set<Long> ids = new HashSet<>();
        Optional<LedgerId> after = Optional.empty();
        while (true) {
            List<LedgerId> page = await(metadata.ledgers(after, PAGE));
            if (page.isEmpty()) {
                return ids;
            }
            page.forEach(id -> ids.add(id.value()));
            after = Optional.of(page.get(page.size() - 1));
        }
    }

    @Override
    public boolean isGone(long ledgerId) throws IOException {
        return await(metadata.read(new LedgerId(ledgerId))).isEmpty();
    }

    private static <T> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException("the metadata service did not answer: " + e.getMessage(), e);
        }
    }
}
