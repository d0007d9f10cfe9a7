package dev.daybook.client.meta;

import static dev.daybook.client.meta.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.RecordStore.CommitOutcome;
import dev.daybook.protocol.model.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of records promises. Each adapter runs all of it. */
public abstract class RecordStoreContract extends StoreContract {
    private static final RecordKey KEY = new RecordKey("test", "orders");

    private RecordStore records;

    @BeforeEach
    void openFirstStore() {
        records = store().records();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RecordKey key(String name) {
        return new RecordKey("test", name);
    }

    private long commit(RecordChange change) {
        CommitOutcome outcome = get(records.commit(List.of(change)));
        assertThat(outcome).as("%s", change).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).versions().getOrDefault(change.key(), -1L);
    }

    private void refuse(RecordChange... changes) {
        assertThat(get(session().records().commit(List.of(changes)))).isEqualTo(new CommitOutcome.Conflict());
    }

    private Optional<String> text(RecordKey key) {
        return get(session().records().read(key)).map(found -> new String(found.value(), StandardCharsets.UTF_8));
    }

    @Test
    void keepsWhatWasCommitted() {
        assertThat(get(records.read(KEY))).isEmpty();
        long created = commit(new RecordChange.Create(KEY, bytes("one")));
        Versioned<byte[]> found = get(session().records().read(KEY)).orElseThrow();
        assertThat(found.value()).isEqualTo(bytes("one"));
        assertThat(found.version()).isEqualTo(created);
        long swapped = commit(new RecordChange.Swap(KEY, bytes(""), created));
        assertThat(get(session().records().read(KEY)).orElseThrow().version()).isEqualTo(swapped);
        assertThat(text(KEY)).contains("");
        commit(new RecordChange.Delete(KEY, swapped));
        assertThat(text(KEY)).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFit() {
        refuse(new RecordChange.Swap(KEY, bytes("x"), 0));
        refuse(new RecordChange.Delete(KEY, 0));
        long first = commit(new RecordChange.Create(KEY, bytes("one")));
        refuse(new RecordChange.Create(KEY, bytes("two")));
        long second = commit(new RecordChange.Swap(KEY, bytes("two"), first));
        refuse(new RecordChange.Swap(KEY, bytes("three"), first));
        refuse(new RecordChange.Delete(KEY, first));
        refuse(new RecordChange.Swap(KEY, bytes("three"), -1));
        refuse(new RecordChange.Delete(KEY, -1));
        assertThat(text(KEY)).contains("two");
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void noVersionComesBack() {
        long first = commit(new RecordChange.Create(KEY, bytes("old")));
        commit(new RecordChange.Delete(KEY, first));
        long again = commit(new RecordChange.Create(KEY, bytes("new")));
        assertThat(again).isNotEqualTo(first);
        refuse(new RecordChange.Swap(KEY, bytes("by one who knew the old one"), first));
        refuse(new RecordChange.Delete(KEY, first));
        assertThat(text(KEY)).contains("new");
    }

    @Test
    void commitsAllOrNothing() {
        RecordKey other = key("other");
        RecordKey third = key("third");
        long version = commit(new RecordChange.Create(KEY, bytes("one")));
        refuse(new RecordChange.Create(other, bytes("x")), new RecordChange.Swap(KEY, bytes("two"), version + 1));
        refuse(new RecordChange.Delete(KEY, version), new RecordChange.Delete(other, 5));
        refuse(new RecordChange.Create(third, bytes("x")), new RecordChange.Create(KEY, bytes("x")));
        assertThat(text(KEY)).contains("one");
        assertThat(text(other)).isEmpty();
        assertThat(text(third)).isEmpty();
        CommitOutcome both = get(records.commit(
                List.of(new RecordChange.Delete(KEY, version), new RecordChange.Create(other, bytes("moved")))));
        assertThat(both)
                .isInstanceOfSatisfying(
                        CommitOutcome.Committed.class,
                        done -> assertThat(done.versions()).containsOnlyKeys(other));
        assertThat(text(KEY)).isEmpty();
        assertThat(text(other)).contains("moved");
    }

    @Test
    void aCommitHasLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> records.commit(List.of()));
        RecordChange change = new RecordChange.Create(KEY, bytes("x"));
        assertThatIllegalArgumentException().isThrownBy(() -> records.commit(List.of(change, change)));
        List<RecordChange> many = IntStream.range(0, RecordStore.CHANGES_MAX)
                .<RecordChange>mapToObj(i -> new RecordChange.Create(key("n" + i), bytes("x")))
                .toList();
        assertThat(get(records.commit(many))).isInstanceOf(CommitOutcome.Committed.class);
        List<RecordChange> tooMany = new ArrayList<>(many);
        tooMany.add(change);
        assertThatIllegalArgumentException().isThrownBy(() -> records.commit(tooMany));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordChange.Create(KEY, new byte[RecordStore.VALUE_BYTES_MAX + 1]));
        commit(new RecordChange.Create(KEY, new byte[RecordStore.VALUE_BYTES_MAX]));
        assertThat(get(session().records().read(KEY)).orElseThrow().value()).hasSize(RecordStore.VALUE_BYTES_MAX);
    }

    @Test
    void oneOfManySwappersWins() {
        long version = commit(new RecordChange.Create(KEY, bytes("start")));
        RecordStore other = session().records();
        List<CompletionStage<CommitOutcome>> attempts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            attempts.add((i % 2 == 0 ? records : other)
                    .commit(List.of(new RecordChange.Swap(KEY, bytes("winner " + i), version))));
        }
        List<CommitOutcome> outcomes = attempts.stream().map(Samples::get).toList();
        assertThat(outcomes.stream().filter(outcome -> outcome instanceof CommitOutcome.Committed))
                .hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> outcome instanceof CommitOutcome.Conflict))
                .hasSize(19);
    }

    @Test
    void listsNamesByPrefixPageByPage() {
        List<String> names = List.of(
                " leading blank",
                "%2e",
                ".",
                "..",
                "/a/b",
                "/a/b/c",
                "/a/ä",
                "/ab",
                "A",
                "a",
                "aa",
                "zookeeper",
                "é",
                "本");
        assertThat(get(records.list("test", "", Optional.empty(), 10))).isEmpty();
        names.forEach(name -> commit(new RecordChange.Create(key(name), bytes(name))));
        commit(new RecordChange.Create(new RecordKey("test2", "elsewhere"), bytes("x")));
        RecordStore reader = session().records();
        assertThat(get(reader.list("test", "", Optional.empty(), 100))).isEqualTo(names);
        assertThat(get(reader.list("test", "/a/", Optional.empty(), 100))).containsExactly("/a/b", "/a/b/c", "/a/ä");
        assertThat(get(reader.list("test", "/a/", Optional.of("/a/b"), 1))).containsExactly("/a/b/c");
        assertThat(get(reader.list("test", "no", Optional.empty(), 100))).isEmpty();
        assertThat(get(reader.list("test", "", Optional.empty(), 0))).isEmpty();
        List<String> paged = new ArrayList<>();
        Optional<String> after = Optional.empty();
        for (List<String> page = get(reader.list("test", "", after, 3));
                !page.isEmpty();
                page = get(reader.list("test", "", after, 3))) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            paged.addAll(page);
            after = Optional.of(page.get(page.size() - 1));
        }
        assertThat(paged).isEqualTo(names);
        names.forEach(name -> assertThat(text(key(name))).contains(name));
    }

    @Test
    void tellsWatchersEveryStateThatLasts() {
        List<String> told = new CopyOnWriteArrayList<>();
        Subscription unused = session()
                .records()
                .watch(
                        KEY,
                        found -> told.add(found.map(state -> new String(state.value(), StandardCharsets.UTF_8))
                                .orElse("none")));
        Eventually.that("the absence is told", () -> told.equals(List.of("none")));
        long version = commit(new RecordChange.Create(KEY, bytes("one")));
        Eventually.that("the creation is told", () -> told.equals(List.of("none", "one")));
        version = commit(new RecordChange.Swap(KEY, bytes("two"), version));
        Eventually.that("the swap is told", () -> told.equals(List.of("none", "one", "two")));
        commit(new RecordChange.Delete(KEY, version));
        Eventually.that("the end is told", () -> told.equals(List.of("none", "one", "two", "none")));
        commit(new RecordChange.Create(KEY, bytes("again")));
        Eventually.that("the return is told", () -> told.equals(List.of("none", "one", "two", "none", "again")));
    }

    @Test
    void tellsNothingToAClosedSubscription() {
        List<Boolean> silent = new CopyOnWriteArrayList<>();
        List<Boolean> told = new CopyOnWriteArrayList<>();
        Subscription closed = records.watch(KEY, found -> silent.add(found.isPresent()));
        Eventually.that("the present state is told", () -> silent.size() == 1);
        closed.close();
        closed.close();
        Subscription unused = records.watch(KEY, found -> told.add(found.isPresent()));
        Eventually.that("the other one hears it", () -> told.size() == 1);
        commit(new RecordChange.Create(KEY, bytes("one")));
        Eventually.that("the other one hears it", () -> told.size() == 2);
        assertThat(silent).hasSize(1);
    }

    @Test
    void keysAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordKey("Upper", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordKey("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordKey("test", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordKey("test", "a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordKey("test", "x".repeat(256)));
        String longest = "ä".repeat(127) + "x";
        commit(new RecordChange.Create(key(longest), bytes("long")));
        assertThat(get(records.list("test", "ä", Optional.empty(), 10))).containsExactly(longest);
    }
}
