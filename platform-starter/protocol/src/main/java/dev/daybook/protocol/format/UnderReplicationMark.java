package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the record of an under-replicated ledger says. Source: metadata specification, section 12.2.
 *
 * @param missing bookies believed lost; may be empty when only the placement needs repair
 * @param markedMillis milliseconds since the epoch
 */
public record UnderReplicationMark(List<BookieId> missing, OptionalLong markedMillis) {
    public UnderReplicationMark {
        missing = List.copyOf(missing);
    }
}
