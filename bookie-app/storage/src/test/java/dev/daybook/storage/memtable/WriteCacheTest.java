package dev.daybook.storage.memtable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WriteCacheTest {
    private static final int CHUNK_BYTES = 4096;

    private final EntryArena arena = EntryArena.of(2, CHUNK_BYTES, 10_000, ByteBuffer::allocate, () -> {});
    private final WriteCache cache = new WriteCache(7);

    private void put(long ledgerId, long entryId, int salt) {
        EntryBytes body = Objects.requireNonNull(arena.tryTake(ledgerId, 24 + salt % 100));
        body.view().putLong(ledgerId).putLong(entryId).putLong(salt);
        cache.put(ledgerId, entryId, body);
    }

    private static int saltOf(EntryBytes body) {
        return (int) body.view().getLong(16);
    }

    private static Map<Long, Map<Long, Integer>> contentOf(FrozenCache frozen) throws IOException {
        Map<Long, Map<Long, Integer>> content = new TreeMap<>();
        for (int i = 0; i < frozen.ledgerCount(); i++) {
            long ledgerId = frozen.ledgerIdAt(i);
            assertThat(i == 0 || frozen.ledgerIdAt(i - 1) < ledgerId).isTrue();
            List<Long> ids = new ArrayList<>();
            frozen.forEachEntryAt(i, (entryId, body) -> {
                assertThat(body.getLong()).isEqualTo(ledgerId);
                assertThat(body.getLong()).isEqualTo(entryId);
                int salt = (int) body.getLong();
                assertThat(body.remaining()).isEqualTo(salt % 100);
                ids.add(entryId);
                content.computeIfAbsent(ledgerId, id -> new TreeMap<>()).put(entryId, salt);
            });
            assertThat(ids).isSorted().doesNotHaveDuplicates();
        }
        return content;
    }

    @Test
    void theLastOfTwoEqualEntriesCounts() throws IOException {
        put(1, 1, 10);
        put(1, 0, 20);
        put(1, 1, 30);
        assertThat(cache.entries()).isEqualTo(2);
        assertThat(saltOf(cache.find(1, 1, 0).orElseThrow())).isEqualTo(30);
        FrozenCache frozen = cache.freeze();
        assertThat(frozen.flush()).isEqualTo(7);
        assertThat(contentOf(frozen)).hasToString("{1={0=20, 1=30}}");
    }

    @Test
    void whatWasFoundOutlivesItsChunk() {
        put(1, 1, 10);
        EntryBytes found = cache.find(1, 1, 0).orElseThrow();
        cache.clear();
        arena.close();
        assertThat(arena.chunksInUse()).isZero();
        assertThat(saltOf(found)).isEqualTo(10);
    }

    @Test
    void aDeletedLedgerIsHiddenAndItsNextLifeIsNot() throws IOException {
        put(1, 1, 10);
        cache.freeze();
        put(1, 2, 20);
        put(2, 0, 30);
        cache.drop(1);
        assertThat(cache.find(1, 2, 8)).isEmpty();
        assertThat(cache.find(1, 1, 8)).as("frozen before the deletion").isEmpty();
        put(1, 3, 40);
        assertThat(cache.entryIds(1, 8)).containsExactly(3L);
        cache.release();
        assertThat(contentOf(cache.freeze())).hasToString("{1={3=40}, 2={0=30}}");
    }

    @Test
    void aSecondReleaseIsNoticed() {
        EntryBytes body = Objects.requireNonNull(arena.tryTake(0, 8));
        body.release();
        arena.close();
        assertThatThrownBy(body::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void agreesWithAModelAndGivesEverythingBack() throws IOException {
        long seed = Long.getLong("daybook.cache.seed", new Random().nextLong());
        Random random = new Random(seed);
        try {
            for (int round = 0; round < 20; round++) {
                playRound(random);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("replay with -Ddaybook.cache.seed=" + seed, e);
        }
        cache.clear();
        arena.close();
        assertThat(arena.chunksInUse()).as("seed " + seed).isZero();
    }

    private void playRound(Random random) throws IOException {
        TreeMap<Long, TreeMap<Long, Integer>> model = new TreeMap<>();
        int ledgers = 1 + random.nextInt(3000);
        int steps = random.nextInt(20_000);
        for (int i = 0; i < steps; i++) {
            long ledgerId = random.nextInt(ledgers);
            if (random.nextInt(500) == 0) {
                cache.drop(ledgerId);
                model.remove(ledgerId);
            } else {
                long entryId = random.nextInt(1 + steps / ledgers);
                int salt = random.nextInt(1_000_000);
                put(ledgerId, entryId, salt);
                model.computeIfAbsent(ledgerId, id -> new TreeMap<>()).put(entryId, salt);
            }
            if (i % 97 == 0) {
                long flush = Long.MAX_VALUE; // Only the active part.
                assertThat(cache.find(ledgerId, 0, flush).map(WriteCacheTest::saltOf))
                        .isEqualTo(Optional.ofNullable(
                                model.getOrDefault(ledgerId, new TreeMap<>()).get(0L)));
            }
        }
        cache.release();
        assertThat(contentOf(cache.freeze())).isEqualTo(model);
    }
}
