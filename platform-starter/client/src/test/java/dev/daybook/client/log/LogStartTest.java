package dev.daybook.client.log;

import static dev.daybook.client.log.LogCrashTest.config;
import static dev.daybook.client.log.LogCrashTest.payload;
import static dev.daybook.client.log.LogObservations.failure;
import static dev.daybook.client.log.LogObservations.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.LedgerPassword;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where readers may begin, with positions that were stored somewhere. */
class LogStartTest {
    private static final String LOG = "orders";

    private final SimWorld world = new SimWorld(1, false);
    private final NamedLogs logs = new SimProcess(world, "a").logs();

    private List<LogPosition> write(int records) {
        LogWriter writer = get(world, logs.openWriter(LOG, config("a")));
        List<LogPosition> positions = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            positions.add(get(world, writer.append(payload("a", i))));
        }
        get(world, writer.closeLog());
        return positions;
    }

    private void refuses(LogStart start) {
        assertThat(failure(world, logs.openReader(LOG, start)))
                .hasValueSatisfying(failure -> assertThat(failure.reason()).isEqualTo(Reason.BAD_ARGUMENT))
                .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("beyond the end"));
    }

    @Test
    void everyPositionAndTheEndMayBeComeBackTo() {
        get(world, logs.create(LOG));
        List<LogPosition> positions = write(12);
        for (int i = 0; i < 12; i++) {
            LogReader at = get(world, logs.openReader(LOG, LogStart.at(positions.get(i))));
            assertThat(get(world, at.poll(1, Duration.ZERO)).get(0).position()).isEqualTo(positions.get(i));
            LogReader after = get(world, logs.openReader(LOG, LogStart.after(positions.get(i))));
            List<LogRecord> next = get(world, after.poll(1, Duration.ZERO));
            assertThat(next).hasSize(i == 11 ? 0 : 1).allMatch(record -> positions.contains(record.position()));
            LogReader again = get(world, logs.openReader(LOG, LogStart.at(after.position())));
            assertThat(again.position()).isEqualTo(after.position());
        }
    }

    @Test
    void aPositionOfADeletedLogIsNotOneOfItsSuccessor() {
        get(world, logs.create(LOG));
        List<LogPosition> positions = write(14);
        LogPosition last = positions.get(13);
        assertThat(last.segment()).isPositive();
        assertThat(last.entry()).isPositive();
        get(world, logs.delete(LOG, LedgerPassword.EMPTY));
        get(world, logs.create(LOG));
        refuses(LogStart.at(last));
        refuses(LogStart.after(last));
        write(1);
        refuses(LogStart.at(last));
        refuses(LogStart.at(LogPosition.of(0, 7)));
        LogReader reader = get(world, logs.openReader(LOG, LogStart.earliest()));
        assertThat(get(world, reader.poll(9, Duration.ZERO))).hasSize(1);
    }

    @Test
    void aPollMayWaitForEver() {
        get(world, logs.create(LOG));
        write(1);
        LogReader reader = get(world, logs.openReader(LOG, LogStart.earliest()));
        assertThat(get(world, reader.poll(9, ChronoUnit.FOREVER.getDuration()))).hasSize(1);
    }
}
