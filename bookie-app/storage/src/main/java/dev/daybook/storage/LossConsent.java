package dev.daybook.storage;

import java.io.IOException;

/** Asked when a start finds that something acknowledged is gone, before it goes on without. */
public interface LossConsent {
    /** The start is refused. */
    LossConsent REFUSED = damage -> false;

    /**
     * @return whether to go on; then it is durable already that the ledgers concerned are in doubt
     * @throws IOException if that could not be made durable
     */
    boolean goOnWithout(StorageDamage damage) throws IOException;
}
