package dev.daybook.core.recover;

import dev.daybook.core.metadata.MetadataRequests;
import dev.daybook.core.read.ReadTraffic;
import dev.daybook.core.write.AddTraffic;

/** Performs every effect of a {@link LedgerRecovery}. */
public interface RecoveryTraffic<P> extends AddTraffic<P>, ReadTraffic<P>, MetadataRequests {
    /** Answered by {@code onFenceReply}, exactly once per effect. */
    void sendFence(SendFence effect);

    /** The last effect of a recovery that matters; late answers only discard entries after it. */
    void completeRecovery(CompleteRecovery effect);
}
