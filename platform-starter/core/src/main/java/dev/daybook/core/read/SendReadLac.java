package dev.daybook.core.read;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/**
 * Ask one bookie for the last confirmed entry it knows of: with v3 by READ_LAC, taking the larger of the explicit value
 * and the last entry's header field; with v2 by a plain read of entry -1, taking the header field. Each packet that
 * counts must be verified; if one fails its digest check the answer is unknown.
 */
public record SendReadLac(int position, BookieId bookie) implements Effect<LacTraffic> {
    @Override
    public void dispatch(LacTraffic handler) {
        handler.sendReadLac(this);
    }
}
