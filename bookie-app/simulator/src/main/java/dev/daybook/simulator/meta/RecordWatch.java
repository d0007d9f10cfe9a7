package dev.daybook.simulator.meta;

import dev.daybook.protocol.model.LedgerMetadata;
import java.util.Optional;

/** Sees every change of every record at the moment at which it happens. */
public interface RecordWatch {
    /** @param before empty if the record was created */
    void onStored(long ledgerId, Optional<LedgerMetadata> before, LedgerMetadata after, String process);

    void onDeleted(long ledgerId);
}
