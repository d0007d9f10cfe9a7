package dev.daybook.console.view;

import dev.daybook.console.cluster.Presence;
import dev.daybook.protocol.model.BookieId;

/** A bookie named in a ledger or a mark, with what is known of it now. */
public record BookieChip(String id, String href, Mark state) {
    public static BookieChip of(BookieId bookie, Presence presence) {
        return new BookieChip(bookie.value(), Links.bookie(bookie), Mark.of(presence));
    }
}
