package dev.daybook.server;

import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.server.limbo.LimboCheck;
import dev.daybook.server.limbo.NotedLosses;
import dev.daybook.server.shard.Bookie;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step of a start that ends every doubt about what was here, before anybody is answered. */
final class LostData {
    private static final Logger LOG = LoggerFactory.getLogger(LostData.class);

    private LostData() {}

    static void settle(NotedLosses losses, MetadataStore metadata, BookieId self, Bookie bookie) throws StartRefusal {
        if (losses.doubt().isNone()) {
            return;
        }
        if (losses.areAccepted()) {
            LOG.info("Looking for ledgers of which this bookie may have lost entries; it serves when all are known.");
        }
        try {
            int ledgers = new LimboCheck(metadata, self, losses.doubt(), bookie.limbo()).run(bookie.ledgerIds());
            bookie.flush();
            losses.forget();
            bookie.limbo().endDoubt();
            if (ledgers > 0) {
                LOG.warn(
                        "{} ledgers may have lost entries here: they are fenced, and what is not found of them is"
                                + " unknown until it was copied back.",
                        ledgers);
            }
        } catch (CompletionException e) {
            throw BookieStart.metadataFailed(e.getCause() == null ? e : e.getCause());
        } catch (IOException e) {
            throw new StartRefusal(
                    ExitCode.STORAGE_FAILED,
                    "It could not be noted which ledgers may have lost entries here (" + e.getMessage()
                            + "); check the disks and start the bookie again.");
        }
    }
}
