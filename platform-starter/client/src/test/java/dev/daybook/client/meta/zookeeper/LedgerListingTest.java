package dev.daybook.client.meta.zookeeper;

import static dev.daybook.client.meta.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.format.LedgerPaths;
import dev.daybook.protocol.format.LedgerTree;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Listing clusters that are too large to be held. */
class LedgerListingTest {
    private static final int PAGE = 10_000;

    /** Directories of a cluster whose ledgers are numbered through; nothing of it exists before it is asked for. */
    private static final class Numbered implements TreeWalk.Directories {
        private final LedgerTree shape;
        private final long first;
        private final long end;
        private int asked;
        private int namesAtOnce;

        Numbered(LedgerTree shape, long first, long count) {
            this.shape = shape;
            this.first = first;
            this.end = first + count;
        }

        @Override
        public CompletableFuture<List<String>> children(String path) {
            asked++;
            List<String> names = names(path);
            namesAtOnce = Math.max(namesAtOnce, names.size());
            return CompletableFuture.completedFuture(names);
        }

        /** What follows the path's digits, for every id in the range that begins with them. */
        private List<String> names(String path) {
            int level = path.isEmpty() ? 0 : path.split("/", -1).length - 1;
            int digits = shape == LedgerTree.LONG ? 19 : 10;
            String prefix = path.replace("/", "");
            int width = level == shape.depth() ? digits - prefix.length() : level > 0 ? 4 : digits == 19 ? 3 : 2;
            long share = power(digits - prefix.length() - width);
            long base = (prefix.isEmpty() ? 0 : Long.parseLong(prefix)) * power(width);
            List<String> names = new ArrayList<>();
            long from = Math.max(base, first / share);
            for (long at = from; at < base + power(width) && at * share < end; at++) {
                String name = String.format("%0" + width + "d", at - base);
                names.add(level == shape.depth() ? "L" + name : name);
            }
            return names;
        }

        private static long power(int exponent) {
            long power = 1;
            for (int i = 0; i < exponent; i++) {
                power *= 10;
            }
            return power;
        }
    }

    /** The pages hold what they should, and what is asked for in between does not grow with the cluster. */
    @ParameterizedTest
    @CsvSource({
        "LONG_HIERARCHICAL, LONG, 4294960000, 1000000",
        "HIERARCHICAL, SHORT, 0, 1000000",
        "HIERARCHICAL, LONG, 4294960000, 1000000",
    })
    void aMillionLedgersInPages(LedgerLayout layout, LedgerTree shape, long first, long count) {
        Numbered cluster = new Numbered(shape, first, count);
        LedgerListing listing = new LedgerListing(cluster, layout);
        long expected = first;
        int pages = 0;
        Optional<LedgerId> after = Optional.empty();
        for (List<LedgerId> page = get(listing.page(after, PAGE));
                !page.isEmpty();
                page = get(listing.page(after, PAGE))) {
            assertThat(page).hasSizeLessThanOrEqualTo(PAGE);
            for (LedgerId ledger : page) {
                assertThat(ledger.value()).isEqualTo(expected++);
            }
            after = Optional.of(page.get(page.size() - 1));
            pages++;
        }
        assertThat(expected).isEqualTo(first + count);
        assertThat(cluster.namesAtOnce).as("names in one answer").isLessThanOrEqualTo(10_000);
        assertThat(cluster.asked).as("directories read").isLessThanOrEqualTo((pages + 1) * 3 * (shape.depth() + 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = LedgerLayout.class,
            names = {"FLAT", "HIERARCHICAL", "LONG_HIERARCHICAL"})
    void manyLedgersInARealService(LedgerLayout layout) throws Exception {
        // All ledgers of a flat cluster come in one answer, whose size ZooKeeper limits to a megabyte.
        int count = layout == LedgerLayout.FLAT ? 50_000 : 100_000;
        try (TestZooKeeper zooKeeper = new TestZooKeeper()) {
            MetadataUri uri = zooKeeper.uri("+" + layout.uriType(), "/ledgers");
            try (MetadataStore store = connect(uri)) {
                for (long id = 0; id < count; id++) {
                    zooKeeper.put("/ledgers", LedgerPaths.path(layout, new LedgerId(id)));
                }
                long expected = 0;
                Optional<LedgerId> after = Optional.empty();
                for (List<LedgerId> page = get(store.ledgers(after, PAGE));
                        !page.isEmpty();
                        page = get(store.ledgers(after, PAGE))) {
                    for (LedgerId ledger : page) {
                        assertThat(ledger.value()).isEqualTo(expected++);
                    }
                    after = Optional.of(page.get(page.size() - 1));
                }
                assertThat(expected).isEqualTo(count);
            }
        }
    }

    private static MetadataStore connect(MetadataUri uri) {
        return ZooKeeperMetadataStore.connectOrInitialise(
                uri, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    @Test
    void aDirectoryThatCannotBeReadEndsTheListing() {
        Numbered cluster = new Numbered(LedgerTree.SHORT, 0, 30_000);
        LedgerException trouble = new LedgerException(Reason.METADATA_UNAVAILABLE, "Gone for a moment.");
        LedgerListing listing = new LedgerListing(
                path -> path.equals("/00/0001") ? CompletableFuture.failedFuture(trouble) : cluster.children(path),
                LedgerLayout.HIERARCHICAL);
        assertThat(listing.page(Optional.empty(), 20_000)).failsWithin(Duration.ZERO);
        assertThat(get(listing.page(Optional.empty(), 10_000))).hasSize(10_000);
    }
}
