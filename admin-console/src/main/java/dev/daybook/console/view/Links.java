package dev.daybook.console.view;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Addresses of the pages. */
public final class Links {
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_.:-]*[A-Za-z0-9]");

    private Links() {}

    /** Ids may hold characters that a firewall refuses in a path; those go into the query. */
    public static String bookie(BookieId bookie) {
        String id = bookie.value();
        return PLAIN_ID.matcher(id).matches()
                ? "/bookies/" + id
                : "/bookie?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    public static String ledger(LedgerId ledger) {
        return "/ledgers/" + ledger;
    }
}
