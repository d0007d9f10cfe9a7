package dev.daybook.server.scrub;

import dev.daybook.client.LedgerException;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cluster to restore the copies that this bookie should have and cannot read. Blocks. */
public final class RepairRequests {
    private static final Logger LOG = LoggerFactory.getLogger(RepairRequests.class);

    private final MetadataStore metadata;
    private final BookieId self;

    public RepairRequests(MetadataStore metadata, BookieId self) {
        this.metadata = metadata;
        this.self = self;
    }

    /** @return how many ledgers are marked now; those that are gone, or not this bookie's, need no copy here */
    int mark(Set<Long> ledgers) {
        int marked = 0;
        for (long ledgerId : ledgers) {
            LedgerId ledger = new LedgerId(ledgerId);
            try {
                if (isOurs(metadata.read(ledger).toCompletableFuture().join())) {
                    metadata.repairs()
                            .mark(ledger, Set.of(self))
                            .toCompletableFuture()
                            .join();
                    marked++;
                }
            } catch (CompletionException | LedgerException e) {
                LOG.warn(
                        "Ledger {} could not be marked for repair, which the next scrub tries again: {}",
                        ledgerId,
                        e.getMessage());
            }
        }
        return marked;
    }

    private boolean isOurs(Optional<Versioned<LedgerMetadata>> stored) {
        return stored.stream()
                .flatMap(found -> found.value().fragments().stream())
                .anyMatch(fragment -> fragment.ensemble().contains(self));
    }
}
