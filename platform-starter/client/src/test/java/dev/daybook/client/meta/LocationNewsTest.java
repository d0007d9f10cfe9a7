package dev.daybook.client.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocationNewsTest {
    private static final BookieId BOOKIE = new BookieId("b");

    private final List<Map<BookieId, String>> told = new ArrayList<>();
    private final LocationNews news = new LocationNews("this test", told::add);

    @Test
    void onlyWhatIsNewIsTold() {
        news.onNothing();
        news.onNothing();
        news.onStored(LocationMapping.format(Map.of(BOOKIE, "/r1")));
        news.onStored(LocationMapping.format(Map.of(BOOKIE, "/r1")));
        news.onNothing();
        assertThat(told).containsExactly(Map.of(), Map.of(BOOKIE, "/r1"), Map.of());
    }

    @Test
    void theFirstWordIsToldWhateverHappens() {
        news.onFailure();
        assertThat(told).containsExactly(Map.of());
        LocationNews damaged = new LocationNews("this test", told::add);
        damaged.onStored("no JSON".getBytes(UTF_8));
        assertThat(told).containsExactly(Map.of(), Map.of());
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        news.onStored(LocationMapping.format(Map.of(BOOKIE, "/r1")));
        news.onStored("no JSON".getBytes(UTF_8));
        news.onFailure();
        assertThat(told).containsExactly(Map.of(BOOKIE, "/r1"));
    }
}
