package dev.daybook.client.log;

import static dev.daybook.client.log.LogCrashTest.config;
import static dev.daybook.client.log.LogCrashTest.payload;
import static dev.daybook.client.log.LogObservations.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Writers that fight, die and stand still, ledgers that break, answers that get lost, truncation, and readers that tail, in
 * an order that a seed decides. {@code -Ddaybook.log.seed=N} runs one seed, {@code -Ddaybook.log.seeds=N} so many.
 */
class LogPropertyTest {
    private static final String LOG = "orders";

    @Test
    void everySeedKeepsThePromises() {
        long only = Long.getLong("daybook.log.seed", -1);
        long seeds = only >= 0 ? only + 1 : Long.getLong("daybook.log.seeds", 600);
        long acknowledged = 0;
        for (long seed = Math.max(0, only); seed < seeds; seed++) {
            try {
                acknowledged += new Run(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " fails; run it with -Ddaybook.log.seed=" + seed, e);
            }
        }
        assertThat(acknowledged).as("the runs do something").isGreaterThan(seeds);
    }

    private static final class Run {
        private final SimWorld world;
        private final LogObservations seen = new LogObservations();
        private final List<Author> authors = new ArrayList<>();
        private final List<Follower> followers = new ArrayList<>();
        private @Nullable Throwable broken;

        Run(long seed) {
            world = new SimWorld(seed, true);
            world.unknownPercent = world.dice.nextInt(3) * 10;
            world.brokenPercent = world.dice.nextInt(3) * 5;
            world.unavailablePercent = world.dice.nextInt(3) * 3;
        }

        int run() {
            int faults = world.unavailablePercent;
            world.unavailablePercent = 0;
            get(world, new SimProcess(world, "creator").logs().create(LOG));
            world.unavailablePercent = faults;
            followers.add(new Follower());
            followers.add(new Follower());
            int actions = 20 + world.dice.nextInt(150);
            for (int i = 0; i < actions; i++) {
                act();
                for (int steps = world.dice.nextInt(40); steps > 0 && world.step(); steps--) {
                    // Whatever comes.
                }
            }
            return finish();
        }

        private void act() {
            int kind = world.dice.nextInt(100);
            if (authors.isEmpty() || kind < 6) {
                authors.add(new Author("w" + authors.size()));
                return;
            }
            Author author = authors.get(world.dice.nextInt(authors.size()));
            if (kind < 60) {
                author.append();
            } else if (kind < 65) {
                author.roll();
            } else if (kind < 68) {
                author.process.kill();
            } else if (kind < 72) {
                author.process.pause();
            } else if (kind < 76) {
                author.process.resume();
            } else if (kind < 80) {
                truncate();
            } else {
                followers.get(world.dice.nextInt(followers.size())).poll();
            }
        }

        private void truncate() {
            List<LogPosition> positions = seen.acknowledgedPositions();
            if (!positions.isEmpty()) {
                LogPosition before = positions.get(world.dice.nextInt(positions.size()));
                var unused = new SimProcess(world, "retention").logs().truncate(LOG, before, LedgerPassword.EMPTY);
            }
        }

        private int finish() {
            world.unknownPercent = 0;
            world.brokenPercent = 0;
            world.unavailablePercent = 0;
            authors.forEach(author -> author.process.resume());
            world.run();
            SimProcess last = new SimProcess(world, "last");
            LogWriter writer = get(world, last.logs().openWriter(LOG, config("last")));
            LogPosition end = get(world, writer.append(payload("last", 0)));
            seen.onAcknowledged(end, "last-0", writer.epoch());
            get(world, writer.closeLog());
            for (Follower follower : followers) {
                follower.catchUp(end);
            }
            if (broken != null) {
                throw new AssertionError(broken);
            }
            seen.verify(world, LOG, orphansOfTheKilled());
            return seen.acknowledgedCount();
        }

        /** A process that is killed between creating a ledger and hearing that it was deposed leaves it for the search. */
        private Set<LedgerId> orphansOfTheKilled() {
            boolean killed = authors.stream().anyMatch(author -> author.process.isDead());
            boolean interrupted = world.shuffled;
            return killed || interrupted ? new HashSet<>(world.ledgers.keySet()) : Set.of();
        }

        private final class Author {
            private final SimProcess process;
            private @Nullable LogWriter writer;
            private int number;

            Author(String name) {
                process = new SimProcess(world, name);
                LogWriterConfig own = config(name)
                        .withRoll(5 + world.dice.nextInt(300), Duration.ofMillis(20 + world.dice.nextInt(3_000)));
                var unused = process.logs().openWriter(LOG, own).thenAccept(opened -> writer = opened);
            }

            void append() {
                LogWriter open = writer;
                if (open == null || process.isDead() || process.isPaused()) {
                    return;
                }
                byte[] payload = payload(process.name, number++);
                var unused = open.append(payload)
                        .thenAccept(
                                position -> seen.onAcknowledged(position, LogObservations.text(payload), open.epoch()))
                        .exceptionally(Run.this::expected);
            }

            void roll() {
                LogWriter open = writer;
                if (open != null && !process.isDead()) {
                    var unused = open.roll();
                }
            }
        }

        /** A broken rule inside a callback must not be lost. */
        private @Nullable Void expected(Throwable failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            if (!(cause instanceof LedgerException)) {
                broken = cause;
            }
            return null;
        }

        private final class Follower {
            private final SimProcess process = new SimProcess(world, "reader");
            private @Nullable LogReader reader;
            private @Nullable LogPosition previous;
            private boolean polling;

            void poll() {
                LogReader open = reader;
                if (polling) {
                    return;
                }
                polling = true;
                if (open == null) {
                    var unused = process.logs()
                            .openReader(LOG, LogStart.earliest())
                            .whenComplete((opened, failure) -> {
                                reader = opened;
                                polling = false;
                            });
                    return;
                }
                // Nothing ends by time here: what is waited for comes, or the follower never gets to the end.
                Duration wait = world.dice.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(10);
                var unused = open.poll(1 + world.dice.nextInt(5), wait).whenComplete((records, failure) -> {
                    if (failure == null) {
                        polling = false;
                        records.forEach(this::take);
                    } else if (LogFailures.of(failure).reason() == Reason.POSITION_TRUNCATED) {
                        previous = null;
                        var unusedToo = open.seek(LogStart.earliest()).whenComplete((at, problem) -> polling = false);
                    } else {
                        polling = false;
                    }
                });
            }

            private void take(LogRecord record) {
                try {
                    seen.onRead(previous, record);
                    previous = record.position();
                } catch (AssertionError e) {
                    broken = e;
                    previous = record.position();
                }
            }

            void catchUp(LogPosition end) {
                for (int polls = 0; previous == null || previous.compareTo(end) < 0; polls++) {
                    assertThat(polls).as("polls until the end").isLessThan(2_000);
                    poll();
                    world.run();
                }
            }
        }
    }
}
