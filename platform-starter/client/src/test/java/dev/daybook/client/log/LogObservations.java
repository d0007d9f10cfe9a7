package dev.daybook.client.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What writers were told and readers have read of one log, and whether all of it can be true together. */
final class LogObservations {
    private final Map<LogPosition, String> history = new TreeMap<>();
    private final Map<String, LogPosition> places = new HashMap<>();
    private final TreeMap<LogPosition, String> acknowledged = new TreeMap<>();
    private final Map<LogPosition, Long> epochs = new TreeMap<>();

    static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    void onAcknowledged(LogPosition position, String payload, long epoch) {
        observe(position, payload);
        acknowledged.put(position, payload);
        epochs.put(position, epoch);
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    List<LogPosition> acknowledgedPositions() {
        return new ArrayList<>(acknowledged.keySet());
    }

    /** @param previous what the same reader read just before, if it did not jump */
    void onRead(@Nullable LogPosition previous, LogRecord record) {
        observe(record.position(), text(record.payload()));
        if (previous != null) {
            assertThat(record.position()).as("no repeats").isGreaterThan(previous);
            assertThat(acknowledged.subMap(previous, false, record.position(), false))
                    .as("no gaps between %s and %s", previous, record.position())
                    .isEmpty();
        }
    }

    private void observe(LogPosition position, String payload) {
        String old = history.putIfAbsent(position, payload);
        assertThat(old == null ? payload : old).as("what is at " + position).isEqualTo(payload);
        LogPosition before = places.putIfAbsent(payload, position);
        assertThat(before == null ? position : before)
                .as("where " + payload + " is")
                .isEqualTo(position);
    }

    /** Reads the whole log and compares; then nothing may be left over. Payloads are {@code writer-number}. */
    void verify(SimWorld world, String log, Set<LedgerId> orphansAllowed) {
        NamedLogs logs = new SimProcess(world, "verifier").logs();
        LogDescription description = get(world, logs.describe(log));
        List<LogRecord> all = readAll(world, logs, log);
        LogPosition previous = null;
        Map<String, Integer> numbers = new HashMap<>();
        for (LogRecord record : all) {
            onRead(previous, record);
            previous = record.position();
            String[] parts = text(record.payload()).split("-", 2);
            Integer before = numbers.put(parts[0], Integer.valueOf(parts[1]));
            assertThat(before == null ? -1 : before)
                    .as("order of writer " + parts[0])
                    .isLessThan(Integer.parseInt(parts[1]));
        }
        Set<LogPosition> read = new HashSet<>();
        all.forEach(record -> read.add(record.position()));
        acknowledged
                .tailMap(description.start(), true)
                .forEach((position, payload) -> assertThat(read)
                        .as("%s, acknowledged at %s, is there", payload, position)
                        .contains(position));
        assertThat(new ArrayList<>(epochs.values())).as("epochs ascend").isSorted();
        assertThat(description.doomedLedgers()).isZero();
        assertThat(get(world, logs.orphans())).isSubsetOf(orphansAllowed);
    }

    static List<LogRecord> readAll(SimWorld world, NamedLogs logs, String log) {
        LogReader reader = get(world, logs.openReader(log, LogStart.earliest(), LedgerPassword.EMPTY));
        List<LogRecord> all = new ArrayList<>();
        for (List<LogRecord> page = get(world, reader.poll(4, Duration.ZERO));
                !page.isEmpty();
                page = get(world, reader.poll(4, Duration.ZERO))) {
            all.addAll(page);
        }
        return all;
    }

    /** Runs the world until the stage has ended. */
    static <T> T get(SimWorld world, CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        while (!future.isDone()) {
            if (!world.step()) {
                fail("a stage does not end, and nothing happens any more");
            }
        }
        return future.join();
    }

    /** The failure of a stage, if it fails. */
    static Optional<LedgerException> failure(SimWorld world, CompletionStage<?> stage) {
        CompletableFuture<Optional<LedgerException>> ended = new CompletableFuture<>();
        stage.whenComplete((result, failure) ->
                ended.complete(failure == null ? Optional.empty() : Optional.of(LogFailures.of(failure))));
        return get(world, ended);
    }
}
