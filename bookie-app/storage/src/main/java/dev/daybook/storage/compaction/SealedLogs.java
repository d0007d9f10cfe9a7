package dev.daybook.storage.compaction;

import dev.daybook.engine.compaction.LogLoad;
import dev.daybook.storage.store.LedgerStore;
import dev.daybook.storage.store.StoreUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much of each finished entry log is still needed, as the index knows it. */
public final class SealedLogs {
    /** What a record takes beside the packaged entry: its head, and at most so much to align it. */
    private static final int RECORD_OVERHEAD_BYTES = 56;

    private SealedLogs() {}

    /**
     * The logs of a directory that nobody appends to. An entry that was stored again counts in both places until the
     * index has been merged, so a log may hold less than is said here, never more.
     *
     * @throws IOException if the index does not know
     */
    public static List<LogLoad> of(LedgerStore store) throws IOException {
        // The logs come first: one that is finished later has shares that are passed over.
        List<StoreUsage.Log> logs = store.usage().logs();
        Map<Integer, Long> liveBytes = new HashMap<>();
        store.forEachLiveShare(share ->
                liveBytes.merge(share.logId(), share.bytes() + share.rows() * RECORD_OVERHEAD_BYTES, Long::sum));
        List<LogLoad> sealed = new ArrayList<>();
        for (StoreUsage.Log log : logs) {
            if (!log.open()) {
                sealed.add(new LogLoad(log.logId(), log.bytes(), liveBytes.getOrDefault(log.logId(), 0L)));
            }
        }
        return sealed;
    }
}
