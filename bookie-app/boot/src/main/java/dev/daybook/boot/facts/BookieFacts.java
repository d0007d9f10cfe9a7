package dev.daybook.boot.facts;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.protocol.format.Cookie;
import dev.daybook.protocol.model.BookieEndpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the metadata service knows of bookies, as names and values. */
public final class BookieFacts {
    private BookieFacts() {}

    public static Map<String, Object> of(BookieRecord bookie) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bookie", bookie.id().value());
        facts.put("state", bookie.state().name());
        facts.put(
                "endpoints",
                bookie.service().endpoints().stream().map(BookieFacts::text).toList());
        facts.put("properties", bookie.service().properties());
        return facts;
    }

    private static String text(BookieEndpoint endpoint) {
        return endpoint.protocol() + "://" + endpoint.host() + ":" + endpoint.port();
    }

    public static Map<String, Object> of(Cookie cookie) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bookie", cookie.bookie().value());
        facts.put("layoutVersion", cookie.layoutVersion());
        facts.put("journalDirs", cookie.journalDirs());
        facts.put("ledgerDirs", cookie.ledgerDirs());
        cookie.indexDirs().ifPresent(dirs -> facts.put("indexDirs", dirs));
        cookie.instanceId().ifPresent(id -> facts.put("instanceId", id));
        return facts;
    }
}
