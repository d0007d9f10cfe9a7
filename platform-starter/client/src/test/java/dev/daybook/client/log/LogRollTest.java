package dev.daybook.client.log;

import static dev.daybook.client.log.LogCrashTest.SPEC;
import static dev.daybook.client.log.LogCrashTest.payload;
import static dev.daybook.client.log.LogObservations.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** When the next ledger of a log is begun. */
class LogRollTest {
    private static final String LOG = "orders";
    private static final long NEVER_BYTES = 1L << 40;
    private static final Duration NEVER = Duration.ofDays(1_000);

    /** Anything may overtake anything that it is not bound to. */
    private final SimWorld world = new SimWorld(1, true);

    private final NamedLogs logs = new SimProcess(world, "a").logs();
    private final LogObservations seen = new LogObservations();

    private LogWriter writer(long rollBytes, Duration rollAge) {
        get(world, logs.create(LOG));
        return get(world, logs.openWriter(LOG, LogWriterConfig.of(SPEC, "a").withRoll(rollBytes, rollAge)));
    }

    private CompletionStage<LogPosition> append(LogWriter writer, int number) {
        byte[] payload = payload("a", number);
        return writer.append(payload).thenApply(position -> {
            seen.onAcknowledged(position, LogObservations.text(payload), writer.epoch());
            return position;
        });
    }

    @Test
    void aLedgerIsLeftWhenItIsOld() {
        LogWriter writer = writer(NEVER_BYTES, Duration.ofSeconds(10));
        LogPosition young = get(world, append(writer, 0));
        world.nowMillis += 9_000;
        LogPosition stillYoung = get(world, append(writer, 1));
        world.nowMillis += 1_000;
        // It is old when the append comes, which is written to it all the same: nobody waits for the next one.
        LogPosition last = get(world, append(writer, 2));
        world.run();
        LogPosition next = get(world, append(writer, 3));
        assertThat(List.of(stillYoung.segment(), last.segment())).containsOnly(young.segment());
        assertThat(next.segment()).isGreaterThan(young.segment());
        get(world, writer.closeLog());
        seen.verify(world, LOG, Set.of());
    }

    @Test
    void aLedgerIsLeftWhenItIsFull() {
        LogWriter writer = writer(9, NEVER);
        LogPosition first = get(world, append(writer, 0));
        get(world, append(writer, 1));
        assertThat(get(world, append(writer, 2)).segment()).isEqualTo(first.segment());
        world.run();
        assertThat(get(world, append(writer, 3)).segment()).isGreaterThan(first.segment());
        get(world, writer.closeLog());
        seen.verify(world, LOG, Set.of());
    }

    /** The store takes its time: each of its answers comes long after many appends. */
    @Test
    void appendsGoOnWhileTheNextLedgerIsBeingMade() {
        LogWriter writer = writer(NEVER_BYTES, Duration.ofSeconds(1));
        get(world, append(writer, 0));
        List<CompletionStage<LogPosition>> acks = new ArrayList<>();
        for (int i = 1; i < 200; i++) {
            world.nowMillis += 500;
            acks.add(append(writer, i));
            for (int steps = 0; steps < 4; steps++) {
                world.step();
            }
        }
        acks.forEach(ack -> get(world, ack));
        get(world, writer.closeLog());
        assertThat(seen.acknowledgedCount()).isEqualTo(200);
        seen.verify(world, LOG, Set.of());
        assertThat(get(world, logs.describe(LOG)).segments()).hasSizeGreaterThan(1);
    }

    @Test
    void aCallerBeginsTheNextLedger() {
        LogWriter writer = writer(NEVER_BYTES, NEVER);
        get(world, writer.roll());
        LogPosition first = get(world, append(writer, 0));
        get(world, writer.roll());
        assertThat(get(world, append(writer, 1)).segment()).isGreaterThan(first.segment());
        get(world, writer.closeLog());
        seen.verify(world, LOG, Set.of());
    }
}
