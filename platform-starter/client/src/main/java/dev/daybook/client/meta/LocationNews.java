package dev.daybook.client.meta;

import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what is stored of bookies' locations into what is new about them. The first word is always told, be it that
 * nothing is known: new ledgers wait for it. After that, what cannot be read changes nothing. Calls come one at a time.
 */
public final class LocationNews {
    private static final Logger LOG = LoggerFactory.getLogger(LocationNews.class);
    private static final byte[] NOTHING = {};

    private final String where;
    private final Consumer<Map<BookieId, String>> listener;
    private Optional<Map<BookieId, String>> told = Optional.empty();

    /** @param where for people: what is read */
    public LocationNews(String where, Consumer<Map<BookieId, String>> listener) {
        this.where = where;
        this.listener = listener;
    }

    public void onStored(byte[] json) {
        Map<BookieId, String> locations;
        try {
            locations = LocationMapping.parse(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "the network locations in {} are not JSON, {}; the last known ones stay in use",
                    where,
                    e.getMessage());
            locations = told.orElse(Map.of());
        }
        Map<BookieId, String> present = Map.copyOf(locations);
        if (!told.equals(Optional.of(present))) {
            told = Optional.of(present);
            listener.accept(present);
        }
    }

    /** Nothing is stored. */
    public void onNothing() {
        onStored(NOTHING);
    }

    /** It could not be read. */
    public void onFailure() {
        if (told.isEmpty()) {
            onNothing();
        }
    }
}
