package dev.daybook.client.loop;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Duration;
import java.util.List;

/**
 * Lets readers see the last entry of a writer that has nothing more to say. Each entry carries the last-add-confirmed of
 * the moment it was sent, so the last one's own confirmation would be told by the next entry only. Source: client
 * protocol specification, section 13. Belongs to the loop.
 */
final class IdleLac {
    /** After a burst, whose entries were all sent before the first was confirmed and so tell nothing of each other. */
    private static final Duration DELAY_AFTER_BURST = Duration.ofMillis(5);

    private final LedgerLoop loop;
    private final BookieRequests requests;

    /** Highest value that went to bookies, by an entry or on its own. */
    private long told = EntryId.NONE;

    private long lac = EntryId.NONE;
    private LedgerMetadata metadata;
    private boolean idle;
    private boolean scheduled;

    IdleLac(LedgerLoop loop, BookieRequests requests, LedgerMetadata metadata) {
        this.loop = loop;
        this.requests = requests;
        this.metadata = metadata;
    }

    /** An entry goes out with this value in its header. */
    void onSent(long sentLac) {
        told = Math.max(told, sentLac);
        idle = false;
    }

    /** Every entry is acknowledged. */
    void onIdle(long confirmed, LedgerMetadata current) {
        lac = confirmed;
        metadata = current;
        idle = true;
        if (lac > told && !scheduled) {
            scheduled = true;
            Duration delay = lac > told + 1 ? DELAY_AFTER_BURST : loop.config().idleLacDelay();
            loop.net().schedule(this::onDue, delay);
        }
    }

    /** The handle takes no entries any more; what the metadata says counts from now on. */
    void stop() {
        idle = false;
    }

    private void onDue() {
        scheduled = false;
        if (!idle || lac <= told) {
            return;
        }
        told = lac;
        List<BookieId> ensemble = metadata.lastFragment().ensemble();
        for (int position : Striping.writeSet(metadata.quorum(), lac)) {
            requests.writeLac(ensemble.get(position), lac);
        }
    }
}
