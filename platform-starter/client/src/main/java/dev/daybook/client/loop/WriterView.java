package dev.daybook.client.loop;

import dev.daybook.protocol.model.LedgerMetadata;

/**
 * A writer as it was at the end of its loop's last turn.
 *
 * @param lastAddConfirmed what the writer vouches for
 * @param lastAcknowledged highest entry whose append was acknowledged; above the former only with deferred sync
 * @param length payload bytes of the entries taken and not failed; final when the writer has ended
 * @param ended no entry is taken any more, so the length is final
 */
record WriterView(long lastAddConfirmed, long lastAcknowledged, long length, LedgerMetadata metadata, boolean ended) {
    /** Whether anything but the length has changed, which counts only when the writer has ended. */
    @SuppressWarnings("ReferenceEquality") // A record that was changed is another object.
    boolean isOutdated(long newLastConfirmed, long newLastAcknowledged, LedgerMetadata newMetadata, boolean nowEnded) {
        return lastAddConfirmed != newLastConfirmed
                || lastAcknowledged != newLastAcknowledged
                || metadata != newMetadata
                || ended != nowEnded;
    }
}
