package dev.daybook.core.repair;

import dev.daybook.core.metadata.MetadataRequests;
import dev.daybook.core.read.ReadTraffic;
import dev.daybook.core.write.AddTraffic;

/**
 * Performs every effect of a {@link LedgerRepair}. A driver that has to save bandwidth holds back reads and probes; it
 * must not hold back adds, whose entries are in memory.
 */
public interface RepairTraffic<P> extends AddTraffic<P>, ReadTraffic<P>, ProbeTraffic, MetadataRequests {
    /** Comes once. */
    void completeRepair(CompleteRepair effect);
}
