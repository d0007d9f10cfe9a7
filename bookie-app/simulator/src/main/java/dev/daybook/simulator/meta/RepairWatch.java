package dev.daybook.simulator.meta;

import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;

/** Sees what auditors and workers change in the metadata service, at the moment at which it happens. */
public interface RepairWatch {
    void onRegistration(BookieId bookie, boolean there);

    /** @param inOffice whether the session that writes has the vote that wins */
    void onWritten(RepairPlace place, byte[] bytes, String process, boolean inOffice);

    /** @param seen whether the process has read the mark as it was */
    void onUnmarked(LedgerId ledger, byte[] bytes, String process, boolean seen);
}
