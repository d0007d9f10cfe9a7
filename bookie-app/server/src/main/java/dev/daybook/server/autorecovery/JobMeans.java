package dev.daybook.server.autorecovery;

import dev.daybook.client.LedgerAdmin;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.repair.LedgerRepairs;

/** What jobs are carried out with. */
record JobMeans(
        SerialLoop loop, MetadataStore store, LedgerAdmin admin, LedgerRepairs repairs, AutoRecoveryConfig config) {}
