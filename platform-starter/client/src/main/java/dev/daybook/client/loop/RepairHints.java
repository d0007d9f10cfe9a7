package dev.daybook.client.loop;

import dev.daybook.core.read.Defect;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of copies that turned out bad while a good one was found, or that were missed while the ledger was written: once
 * per bookie and handle in the log, and by a mark in the metadata store that names the bookie as one whose copies are
 * lacking, which is what makes autorecovery look.
 *
 * <p>Only closed ledgers are marked. A worker of the peer that finds a mark on an open one recovers it after a while,
 * and so would fence off a healthy writer; and before a ledger is closed a missing copy is nothing unusual. Belongs to
 * the loop.
 */
final class RepairHints {
    private static final Logger LOG = LoggerFactory.getLogger(RepairHints.class);

    private final LedgerLoop loop;
    private final long ledgerId;
    private final Set<BookieId> told = new HashSet<>();

    RepairHints(LedgerLoop loop, long ledgerId) {
        this.loop = loop;
        this.ledgerId = ledgerId;
    }

    void onDefects(LedgerMetadata metadata, long entryId, List<Defect> defects) {
        if (defects.isEmpty() || !metadata.isClosed()) {
            return;
        }
        List<BookieId> ensemble = metadata.fragmentOf(entryId).ensemble();
        for (Defect defect : defects) {
            // The record may have changed since the question, and whoever is not in it any more owes no copy.
            if (ensemble.contains(defect.bookie()) && told.add(defect.bookie())) {
                tell(entryId, defect);
            }
        }
    }

    private void tell(long entryId, Defect defect) {
        LOG.warn(
                "the copy of entry {} of ledger {} at bookie {} is {}",
                entryId,
                ledgerId,
                defect.bookie(),
                defect.kind());
        mark(Set.of(defect.bookie()), () -> {});
    }

    /**
     * A bookie that was away while the ledger was written, and is back, would keep its hole for good.
     *
     * @param whenDone called once the mark is stored or could not be
     */
    void onClosed(LedgerMetadata closed, MissedCopies missed, Runnable whenDone) {
        Set<BookieId> lacking = missed.of(closed);
        if (lacking.isEmpty()) {
            whenDone.run();
            return;
        }
        LOG.warn("ledger {} was closed while bookies {} may lack copies of its entries", ledgerId, lacking);
        mark(lacking, whenDone);
    }

    private void mark(Set<BookieId> lacking, Runnable whenDone) {
        if (!loop.config().reads().repairHints()) {
            whenDone.run();
            return;
        }
        lacking.forEach(bookie -> loop.metrics().repairHintSent());
        loop.store().markUnderReplicated(ledgerId, lacking, failed -> {
            failed.ifPresent(failure -> LOG.warn(
                    "ledger {} could not be marked for repair at bookies {}: {}",
                    ledgerId,
                    lacking,
                    Failures.ofStore("Marking it", failure).getMessage()));
            whenDone.run();
        });
    }
}
