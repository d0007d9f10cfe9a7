package dev.daybook.client.meta;

import static dev.daybook.client.meta.Samples.bookie;
import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.BookieAddress;
import dev.daybook.client.meta.MetadataStore.BookieSnapshot;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every metadata store promises about bookies. Each adapter runs all of it. */
public abstract class BookieRegistryContract extends StoreContract {
    private static final BookieId ONE = bookie("one:3181");
    private static final BookieId TWO = bookie("rack1-two");

    @Test
    void showsRegisteredBookiesToEverySession() {
        MetadataStore reader = session();
        List<BookieSnapshot> told = new CopyOnWriteArrayList<>();
        MetadataStore.Subscription unused = reader.watchBookies(told::add);
        Eventually.that("the present state is told", () -> told.size() == 1);
        get(store().registry().register(ONE, false, service("h1", 1)));
        awaitBookies(reader, List.of(ONE), List.of());
        get(store().registry().register(TWO, true, service("h2", 2)));
        awaitBookies(reader, List.of(ONE), List.of(TWO));
        Eventually.that(
                "the last change is told",
                () -> told.get(told.size() - 1).equals(new BookieSnapshot(List.of(ONE), List.of(TWO))));
        assertThat(told).startsWith(new BookieSnapshot(List.of(), List.of()));
        assertThat(session().bookies())
                .as("a new session knows at once")
                .isEqualTo(new BookieSnapshot(List.of(ONE), List.of(TWO)));
    }

    private static void awaitBookies(MetadataStore reader, List<BookieId> writable, List<BookieId> readOnly) {
        Eventually.that(
                "the reader sees " + writable + " and " + readOnly,
                () -> reader.bookies().equals(new BookieSnapshot(writable, readOnly)));
    }

    @Test
    void switchesBetweenModes() {
        MetadataStore reader = session();
        for (boolean readOnly : new boolean[] {false, true, true, false}) {
            get(store().registry().register(ONE, readOnly, service("h1", 1)));
            awaitBookies(reader, readOnly ? List.of() : List.of(ONE), readOnly ? List.of(ONE) : List.of());
        }
    }

    @Test
    void forgetsBookiesThatLeave() {
        MetadataStore reader = session();
        MetadataStore leaving = session();
        get(store().registry().register(ONE, false, service("h1", 1)));
        get(leaving.registry().register(TWO, true, service("h2", 2)));
        awaitBookies(reader, List.of(ONE), List.of(TWO));
        get(store().registry().unregister(ONE));
        awaitBookies(reader, List.of(), List.of(TWO));
        leaving.close();
        awaitBookies(reader, List.of(), List.of());
        get(store().registry().unregister(ONE));
        get(store().registry().register(ONE, false, service("h1", 1)));
        awaitBookies(reader, List.of(ONE), List.of());
    }

    @Test
    void tellsEverySessionWhereBookiesStand() {
        MetadataStore reader = session();
        List<Map<BookieId, String>> told = new CopyOnWriteArrayList<>();
        MetadataStore.Subscription watch = reader.watchLocations(told::add);
        awaitLast(told, Map.of());
        get(store().storeLocations(Map.of(ONE, "/region/\"r1\"", TWO, "/r2")));
        awaitLast(told, Map.of(ONE, "/region/\"r1\"", TWO, "/r2"));
        get(reader.storeLocations(Map.of(ONE, "/r3")));
        awaitLast(told, Map.of(ONE, "/r3"));
        List<Map<BookieId, String>> toldLate = new CopyOnWriteArrayList<>();
        MetadataStore.Subscription unused = session().watchLocations(toldLate::add);
        awaitLast(toldLate, Map.of(ONE, "/r3"));
        assertThat(toldLate).as("nothing is told before the present state").hasSize(1);
        watch.close();
        get(store().storeLocations(Map.of()));
        awaitLast(toldLate, Map.of());
        assertThat(told).as("a closed subscription is silent").endsWith(Map.of(ONE, "/r3"));
    }

    private static void awaitLast(List<Map<BookieId, String>> told, Map<BookieId, String> expected) {
        Eventually.that(
                expected + " is told last",
                () -> !told.isEmpty() && told.get(told.size() - 1).equals(expected));
    }

    @Test
    void letsNoTwoProcessesBeOneBookie() {
        get(store().registry().register(ONE, false, service("h1", 1)));
        MetadataStore rival = session();
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(rival.registry().register(ONE, false, service("h9", 9))))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.METADATA_CONFLICT));
        get(rival.registry().unregister(ONE));
        assertThat(get(rival.resolve(ONE))).as("the owner's registration stays").contains(new BookieAddress("h1", 1));
    }

    @Test
    void resolvesBookies() {
        get(store().registry().register(ONE, false, service("h1", 1)));
        get(store().registry().register(TWO, true, service("h2", 2)));
        MetadataStore reader = session();
        assertThat(get(reader.resolve(ONE))).contains(new BookieAddress("h1", 1));
        assertThat(get(reader.resolve(TWO))).contains(new BookieAddress("h2", 2));
        assertThat(get(reader.resolve(bookie("[::1]:3181")))).contains(new BookieAddress("[::1]", 3181));
        assertThat(get(reader.resolve(bookie("nobody")))).isEmpty();
    }

    @Test
    void keepsCookiesByVersion() {
        BookieRegistry registry = store().registry();
        byte[] first = {5, '\n'};
        byte[] second = {5, '\n', 1};
        assertThat(get(registry.readCookie(ONE))).isEmpty();
        assertThat(get(registry.updateCookie(ONE, first, 0))).isFalse();
        assertThat(get(registry.deleteCookie(ONE, 0))).isFalse();
        assertThat(get(registry.createCookie(ONE, first))).isTrue();
        assertThat(get(session().registry().createCookie(ONE, first))).isFalse();
        long version = cookieVersion(registry, first);
        assertThat(get(registry.updateCookie(ONE, second, version))).isTrue();
        assertThat(get(registry.updateCookie(ONE, first, version))).isFalse();
        assertThat(get(registry.updateCookie(ONE, first, -1))).isFalse();
        long next = cookieVersion(registry, second);
        assertThat(next).isGreaterThan(version);
        assertThat(get(registry.deleteCookie(ONE, version))).isFalse();
        assertThat(get(registry.deleteCookie(ONE, -1))).isFalse();
        assertThat(get(registry.deleteCookie(ONE, next))).isTrue();
        assertThat(get(registry.readCookie(ONE))).isEmpty();
    }

    private static long cookieVersion(BookieRegistry registry, byte[] bytes) {
        Versioned<byte[]> cookie = get(registry.readCookie(ONE)).orElseThrow();
        assertThat(cookie.value()).isEqualTo(bytes);
        return cookie.version();
    }

    @Test
    void recordsEveryBookieThatEverJoined() {
        get(store().registry().createCookie(ONE, new byte[] {1}));
        get(store().registry().createCookie(bookie("gone:1"), new byte[] {1}));
        get(store().registry().register(ONE, false, service("h1", 1)));
        get(store().registry().register(TWO, true, service("h2", 2)));
        List<BookieRecord> records = get(session().bookieRecords());
        assertThat(records)
                .extracting(BookieRecord::id, BookieRecord::state)
                .containsExactly(
                        tuple(bookie("gone:1"), BookieRecord.State.DOWN),
                        tuple(ONE, BookieRecord.State.WRITABLE),
                        tuple(TWO, BookieRecord.State.READ_ONLY));
        assertThat(records.get(0).service().endpoints()).isEmpty();
        assertThat(records.get(2).service()).isEqualTo(service("h2", 2));
        assertThat(get(store().resolve(ONE))).isEqualTo(Optional.of(new BookieAddress("h1", 1)));
    }
}
