package dev.daybook.protocol.format;

import dev.daybook.protocol.model.BookieId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

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

    /** This mark with further bookies and a new time; empty if it names all of them already. */
    public Optional<UnderReplicationMark> with(Collection<BookieId> bookies, long nowMillis) {
        if (missing.containsAll(bookies)) {
            return Optional.empty();
        }
        List<BookieId> all =
                Stream.concat(missing.stream(), bookies.stream()).distinct().toList();
        return Optional.of(new UnderReplicationMark(all, OptionalLong.of(nowMillis)));
    }
}
