package dev.daybook.client.log;

import static dev.daybook.client.log.LogObservations.failure;
import static dev.daybook.client.log.LogObservations.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.log.SimProcess.Fate;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A writer that dies, or stands still for a while, before or after each single call that it makes. */
class LogCrashTest {
    static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2));

    private static final String LOG = "orders";
    private static final int RECORDS = 12;

    static LogWriterConfig config(String owner) {
        return LogWriterConfig.of(SPEC, owner).withRoll(25, Duration.ofHours(1));
    }

    static byte[] payload(String writer, int number) {
        return (writer + "-" + number).getBytes(StandardCharsets.UTF_8);
    }

    /** Opens a writer, appends, truncates the older half, appends, closes. Goes as far as fate allows. */
    private static CompletionStage<?> life(SimProcess process, LogObservations seen) {
        NamedLogs logs = process.logs();
        return logs.create(LOG)
                .handle((created, failure) -> created)
                .thenCompose(done -> logs.openWriter(LOG, config(process.name)))
                .thenCompose(writer -> {
                    List<CompletionStage<LogPosition>> acks = new ArrayList<>();
                    for (int i = 0; i < RECORDS; i++) {
                        acks.add(append(process, writer, i, seen));
                    }
                    return acks.get(RECORDS - 1)
                            .thenCompose(
                                    last -> logs.truncate(LOG, LogPosition.of(last.segment(), 0), LedgerPassword.EMPTY))
                            .thenCompose(start -> append(process, writer, RECORDS, seen))
                            .thenCompose(last -> writer.closeLog());
                });
    }

    private static CompletionStage<LogPosition> append(
            SimProcess process, LogWriter writer, int number, LogObservations seen) {
        byte[] payload = payload(process.name, number);
        return writer.append(payload).thenApply(position -> {
            seen.onAcknowledged(position, LogObservations.text(payload), writer.epoch());
            return position;
        });
    }

    @Test
    void anUndisturbedWriterLosesNothing() {
        SimWorld world = new SimWorld(1, false);
        LogObservations seen = new LogObservations();
        get(world, life(new SimProcess(world, "a"), seen));
        assertThat(seen.acknowledgedCount()).isEqualTo(RECORDS + 1);
        seen.verify(world, LOG, Set.of());
        LogDescription description =
                get(world, new SimProcess(world, "b").logs().describe(LOG));
        assertThat(description.epoch()).isEqualTo(1);
        assertThat(description.owner()).isEqualTo("a");
        assertThat(description.segments()).hasSizeBetween(1, 2).allMatch(segment -> segment.isSealed());
        assertThat(world.ledgers).hasSameSizeAs(description.segments());
    }

    private static long callsOfALife() {
        SimWorld world = new SimWorld(1, false);
        SimProcess process = new SimProcess(world, "a");
        get(world, life(process, new LogObservations()));
        return process.calls;
    }

    @Test
    void theNextWriterFinishesWhatACrashLeftUndone() {
        long calls = callsOfALife();
        assertThat(calls).isGreaterThan(30);
        for (Fate fate : List.of(Fate.DIE_BEFORE, Fate.DIE_AFTER)) {
            for (long call = 1; call <= calls; call++) {
                SimWorld world = new SimWorld(1, false);
                LogObservations seen = new LogObservations();
                SimProcess first = new SimProcess(world, "a");
                first.fate = fate;
                first.fateAtCall = call;
                CompletionStage<?> unused = life(first, seen);
                world.run();
                assertThat(first.isDead()).isTrue();
                get(world, life(new SimProcess(world, "b"), seen));
                seen.verify(world, LOG, Set.of());
                assertThat(seen.acknowledgedCount())
                        .as("%s call %d", fate, call)
                        .isGreaterThanOrEqualTo(RECORDS + 1);
            }
        }
    }

    @Test
    void aWriterThatWakesUpLateIsToldSoAndHarmsNothing() {
        long calls = callsOfALife();
        for (long call = 1; call <= calls; call++) {
            SimWorld world = new SimWorld(1, false);
            LogObservations seen = new LogObservations();
            SimProcess zombie = new SimProcess(world, "a");
            zombie.fate = Fate.PAUSE_BEFORE;
            zombie.fateAtCall = call;
            CompletionStage<?> lateLife = life(zombie, seen);
            world.run();
            SimProcess successor = new SimProcess(world, "b");
            NamedLogs logs = successor.logs();
            failure(world, logs.create(LOG));
            LogWriter writer = get(world, logs.openWriter(LOG, config("b")));
            get(world, append(successor, writer, 0, seen));
            zombie.resume();
            world.run();
            failure(world, lateLife)
                    .ifPresent(failure -> assertThat(failure.reason())
                            .as(failure.getMessage())
                            .isIn(Reason.WRITER_DEPOSED, Reason.LEDGER_CLOSED));
            // A zombie that had not yet taken over does so now: then it is the successor that is deposed.
            get(world, append(successor, writer, 1, seen).handle((position, failure) -> position));
            get(world, life(new SimProcess(world, "c"), seen));
            seen.verify(world, LOG, Set.of());
        }
    }

    @Test
    void aWriterThatWakesUpInADeletedLogLeavesNothing() {
        long calls = callsOfALife();
        for (long call = 2; call <= calls; call++) {
            SimWorld world = new SimWorld(1, false);
            SimProcess zombie = new SimProcess(world, "a");
            zombie.fate = Fate.PAUSE_BEFORE;
            zombie.fateAtCall = call;
            CompletionStage<?> lateLife = life(zombie, new LogObservations());
            world.run();
            NamedLogs logs = new SimProcess(world, "b").logs();
            get(world, logs.delete(LOG, LedgerPassword.EMPTY));
            zombie.resume();
            failure(world, lateLife);
            world.run();
            // It may have been before its own creation of the log.
            get(world, logs.delete(LOG, LedgerPassword.EMPTY));
            assertThat(world.ledgers).as("call %d", call).isEmpty();
        }
    }

    @Test
    void twoWritersDeposeEachOtherForEver() {
        SimWorld world = new SimWorld(1, false);
        LogObservations seen = new LogObservations();
        SimProcess one = new SimProcess(world, "a");
        SimProcess two = new SimProcess(world, "b");
        get(world, one.logs().create(LOG));
        LogWriter former = get(world, one.logs().openWriter(LOG, config("a")));
        for (int i = 0; i < 10; i++) {
            get(world, append(i % 2 == 0 ? one : two, former, 2 * i, seen));
            LogWriter next = get(world, (i % 2 == 0 ? two : one).logs().openWriter(LOG, config("x")));
            assertThat(next.epoch()).isGreaterThan(former.epoch());
            assertThat(failure(world, former.append(payload("lost", i))))
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .hasMessageContaining("was deposed")
                            .hasMessageContaining("writer " + next.epoch()));
            former = next;
        }
        get(world, former.closeLog());
        seen.verify(world, LOG, Set.of());
    }

    @Test
    void aDeletionGoesOnWhereACrashLeftIt() {
        for (long call = 1; call <= 30; call++) {
            for (Fate fate : List.of(Fate.DIE_BEFORE, Fate.DIE_AFTER)) {
                SimWorld world = new SimWorld(1, false);
                get(world, life(new SimProcess(world, "a"), new LogObservations()));
                get(world, new SimProcess(world, "b").logs().openWriter(LOG, config("b")));
                SimProcess dying = new SimProcess(world, "c");
                dying.fate = fate;
                dying.fateAtCall = call;
                CompletionStage<?> unused = dying.logs().delete(LOG, LedgerPassword.EMPTY);
                world.run();
                NamedLogs logs = new SimProcess(world, "d").logs();
                get(world, logs.delete(LOG, LedgerPassword.EMPTY));
                assertThat(world.ledgers).isEmpty();
                assertThat(failure(world, logs.describe(LOG)))
                        .hasValueSatisfying(
                                failure -> assertThat(failure.reason()).isEqualTo(Reason.NO_SUCH_LOG));
                get(world, logs.create(LOG));
            }
        }
    }
}
