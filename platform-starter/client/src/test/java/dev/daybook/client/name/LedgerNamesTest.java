package dev.daybook.client.name;

import static dev.daybook.client.meta.Samples.get;
import static dev.daybook.client.meta.Samples.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordChange;
import dev.daybook.client.meta.RecordKey;
import dev.daybook.client.meta.RecordStore;
import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.client.name.LedgerNames.Removed;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LedgerNamesTest {
    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final List<LedgerId> deleted = new ArrayList<>();
    private final Random dice = new Random(1);
    private final LedgerNames names = names(store.records());

    private LedgerNames names(RecordStore records) {
        return new RecordNames(
                records,
                id -> {
                    deleted.add(id);
                    return CompletableFuture.completedFuture(null);
                },
                Runnable::run,
                dice::nextLong);
    }

    private void refuses(Reason reason, CompletionStage<?> stage) {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> get(stage))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private Optional<LedgerId> behind(String path) {
        return get(names.find(path)).map(NamedLedger::ledger);
    }

    @Test
    void aPathLeadsToItsLedger() {
        get(names.create("/a/orders", ledger(7)));
        assertThat(behind("/a/orders")).contains(ledger(7));
        assertThat(behind("/a")).isEmpty();
        refuses(Reason.NAME_EXISTS, names.create("/a/orders", ledger(8)));
        refuses(Reason.BAD_ARGUMENT, names.create("", ledger(8)));
        refuses(Reason.NO_SUCH_NAME, names.remove("/nowhere"));
    }

    @Test
    void aLedgerGoesWithItsLastName() {
        get(names.create("/one", ledger(7)));
        get(names.link("/one", "/two"));
        assertThat(get(names.removeWithLedger("/one"))).isEqualTo(new Removed(ledger(7), 1));
        assertThat(deleted).isEmpty();
        assertThat(get(names.removeWithLedger("/two"))).isEqualTo(new Removed(ledger(7), 0));
        assertThat(deleted).containsExactly(ledger(7));
        assertThat(get(store.records().list(RecordNames.COUNTS, "", Optional.empty(), 9)))
                .isEmpty();
        get(names.create("/three", ledger(8)));
        assertThat(get(names.remove("/three"))).isEqualTo(new Removed(ledger(8), 0));
        assertThat(deleted).doesNotContain(ledger(8));
    }

    @Test
    void movesHappenOnlyFromWhereItWasExpected() {
        get(names.create("/a", ledger(1)));
        get(names.create("/b", ledger(2)));
        refuses(Reason.NAME_EXISTS, names.rename("/a", "/b"));
        refuses(Reason.NO_SUCH_NAME, names.rename("/x", "/y"));
        refuses(Reason.BAD_ARGUMENT, names.rename("/a", "/a"));
        get(names.rename("/a", "/c"));
        assertThat(behind("/a")).isEmpty();
        assertThat(behind("/c")).contains(ledger(1));
        refuses(Reason.METADATA_CONFLICT, names.renameOver("/c", "/b", ledger(3)));
        get(names.renameOver("/c", "/b", ledger(2)));
        assertThat(behind("/b")).contains(ledger(1));
        assertThat(behind("/c")).isEmpty();
        refuses(Reason.METADATA_CONFLICT, names.swap("/b", ledger(2), ledger(5)));
        get(names.swap("/b", ledger(1), ledger(5)));
        assertThat(behind("/b")).contains(ledger(5));
        assertThat(get(names.remove("/b"))).isEqualTo(new Removed(ledger(5), 0));
        assertThat(get(store.records().list(RecordNames.COUNTS, "", Optional.empty(), 9)))
                .as("counts of ledgers that lost their names")
                .isEmpty();
    }

    @Test
    void listsByPrefix() {
        get(names.create("/a/1", ledger(1)));
        get(names.create("/a/2", ledger(2)));
        get(names.create("/b/1", ledger(1)));
        assertThat(get(names.list("/a/", Optional.empty(), 10)))
                .containsExactly(new NamedLedger("/a/1", ledger(1)), new NamedLedger("/a/2", ledger(2)));
        assertThat(get(names.list("", Optional.of("/a/1"), 1))).containsExactly(new NamedLedger("/a/2", ledger(2)));
    }

    @Test
    void aDeletionThatACrashLeftIsFinished() {
        get(names.create("/a", ledger(1)));
        LedgerNames dying =
                new RecordNames(store.records(), id -> new CompletableFuture<>(), Runnable::run, dice::nextLong);
        assertThat(dying.removeWithLedger("/a").toCompletableFuture()).isNotDone();
        assertThat(behind("/a")).isEmpty();
        refuses(Reason.NO_SUCH_LEDGER, names.create("/b", ledger(1)));
        assertThat(get(names.sweep())).containsExactly(ledger(1));
        assertThat(deleted).containsExactly(ledger(1));
        assertThat(get(names.sweep())).isEmpty();
    }

    /** Random operations over a store that loses answers, against a plain map. */
    @Test
    void agreesWithAMapAlsoWhenAnswersGetLost() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            InMemoryMetadataStore fresh = new InMemoryMetadataStore();
            LedgerNames lossy = names(new LossyRecords(fresh.records(), random));
            Map<String, LedgerId> expected = new TreeMap<>();
            for (int i = 0; i < 60; i++) {
                act(lossy, expected, random, seed);
            }
            Map<String, LedgerId> found = new TreeMap<>();
            get(lossy.list("", Optional.empty(), 100)).forEach(name -> found.put(name.path(), name.ledger()));
            assertThat(found).as("seed " + seed).isEqualTo(expected);
            Map<LedgerId, Integer> counts = new HashMap<>();
            expected.values().forEach(id -> counts.merge(id, 1, Integer::sum));
            assertThat(get(fresh.records().list(RecordNames.COUNTS, "", Optional.empty(), 100)))
                    .as("seed " + seed)
                    .hasSize(counts.size());
        }
    }

    private void act(LedgerNames lossy, Map<String, LedgerId> expected, Random random, long seed) {
        String one = "/" + random.nextInt(6);
        String other = "/" + random.nextInt(6);
        LedgerId id = ledger(random.nextInt(3));
        switch (random.nextInt(4)) {
            case 0 -> check(seed, lossy.create(one, id), !expected.containsKey(one), () -> expected.put(one, id));
            case 1 ->
                check(
                        seed,
                        lossy.link(one, other),
                        expected.containsKey(one) && !expected.containsKey(other),
                        () -> expected.put(other, expected.get(one)));
            case 2 ->
                check(
                        seed,
                        lossy.rename(one, other),
                        !one.equals(other) && expected.containsKey(one) && !expected.containsKey(other),
                        () -> expected.put(other, expected.remove(one)));
            default -> {
                if (expected.remove(one) != null) {
                    // A removal that took effect and was not answered finds nothing in its next attempt.
                    lossy.remove(one).handle((removed, failure) -> removed);
                }
            }
        }
    }

    private static void check(long seed, CompletionStage<?> stage, boolean succeeds, Runnable change) {
        boolean done = !stage.toCompletableFuture().isCompletedExceptionally();
        assertThat(done).as("seed " + seed).isEqualTo(succeeds);
        if (done) {
            change.run();
        }
    }

    /** Commits whose outcome stays unknown, whether they take effect or not. */
    private record LossyRecords(RecordStore records, Random random) implements RecordStore {
        @Override
        public CompletionStage<Optional<Versioned<byte[]>>> read(RecordKey key) {
            return records.read(key);
        }

        @Override
        public CompletionStage<CommitOutcome> commit(List<RecordChange> changes) {
            boolean unknown = random.nextInt(4) == 0;
            if (unknown && random.nextBoolean()) {
                return CompletableFuture.completedFuture(new CommitOutcome.Unknown());
            }
            CompletionStage<CommitOutcome> outcome = records.commit(changes);
            return unknown ? CompletableFuture.completedFuture(new CommitOutcome.Unknown()) : outcome;
        }

        @Override
        public CompletionStage<List<String>> list(String namespace, String prefix, Optional<String> after, int limit) {
            return records.list(namespace, prefix, after, limit);
        }

        @Override
        public Subscription watch(RecordKey key, Consumer<Optional<Versioned<byte[]>>> listener) {
            return records.watch(key, listener);
        }
    }
}
