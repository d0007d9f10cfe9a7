package dev.daybook.server.scrub;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.engine.compaction.TokenBucket;
import dev.daybook.engine.scrub.ScrubRemedy;
import dev.daybook.engine.scrub.ScrubSchedule;
import dev.daybook.metrics.BookieMetrics;
import dev.daybook.server.identity.CookieWatch;
import dev.daybook.server.scrub.Scrubbed.Damage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads everything back, place by place, and sees to what it finds: one clear line in the log, metrics,
 * and the remedy of the part that is damaged. What cannot be read is unknown to whoever asks for it already, because
 * every record carries its checksum; a round finds it before it is asked for. Nothing is remembered over a restart.
 */
public final class Scrubber implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long JOIN_MILLIS_MAX = 30_000;

    private final Scrubbed scrubbed;
    private final CookieWatch cookies;
    private final RepairRequests repair;
    private final BookieMetrics metrics;
    private final TokenBucket bytes;
    private final Thread thread = new Thread(this, "bookie-scrub");

    /** Also told by operators; every use holds this monitor, and whoever waits for a round waits for it. */
    private final ScrubSchedule schedule;

    private volatile boolean closed;
    private volatile boolean running;
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile Round last = Round.NONE;

    public Scrubber(
            ScrubConfig config, Scrubbed scrubbed, CookieWatch cookies, RepairRequests repair, BookieMetrics metrics) {
        this.scrubbed = scrubbed;
        this.cookies = cookies;
        this.repair = repair;
        this.metrics = metrics;
        this.bytes = new TokenBucket(config.bytesPerSecond(), Math.max(1, config.bytesPerSecond()), System.nanoTime());
        this.schedule = new ScrubSchedule(config.interval().toMillis(), nowMillis());
        this.thread.setDaemon(true);
    }

    /** What the last complete round found. */
    private record Round(long endedMillis, long places, long entries, long ledgers, String problem) {
        static final Round NONE =
                new Round(BookieUsage.UNKNOWN, BookieUsage.UNKNOWN, BookieUsage.UNKNOWN, BookieUsage.UNKNOWN, "");
    }

    private static long nowMillis() {
        return System.nanoTime() / NANOS_PER_MILLI;
    }

    /** To be called once. */
    public void start() {
        thread.start();
    }

    /** Begins a round now, or when the present one has ended. */
    public void request() {
        synchronized (schedule) {
            schedule.request();
            schedule.notifyAll();
        }
    }

    /**
     * How it goes; cheap.
     *
     * @param limboLedgers told along with it
     */
    public BookieUsage.Integrity status(long limboLedgers) {
        Round round = last;
        return new BookieUsage.Integrity(
                running,
                bytesRead.get(),
                round.endedMillis(),
                round.places(),
                round.entries(),
                round.ledgers(),
                limboLedgers,
                round.problem());
    }

    @Override
    public void run() {
        try {
            while (awaitRound()) {
                running = true;
                bytesRead.set(0);
                try {
                    round();
                } catch (CancellationException e) {
                    LOG.debug("The scrub ends with the bookie.", e);
                } catch (RuntimeException | Error e) {
                    LOG.error("Scrubbing met a defect and is tried again.", e);
                } finally {
                    running = false;
                }
                synchronized (schedule) {
                    schedule.ended(nowMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitRound() throws InterruptedException {
        synchronized (schedule) {
            while (!closed && !schedule.isDue(nowMillis())) {
                // At most a day at a time, which also keeps the number in what a wait can take.
                schedule.wait(Math.max(1, Math.min(86_400_000, schedule.waitMillis(nowMillis()))));
            }
            schedule.began();
            return !closed;
        }
    }

    /** One reading of everything. */
    private void round() {
        List<Damage> damage = new ArrayList<>();
        String problem = "";
        for (String place : scrubbed.places()) {
            try {
                List<Damage> found = scrubbed.read(place, this::pace);
                found.forEach(Scrubber::say);
                treat(place, found);
                damage.addAll(found);
            } catch (IOException e) {
                problem = place + " could not be read to its end: " + e.getMessage();
                LOG.warn("Scrubbing goes on although {}", problem);
            }
        }
        int cookiesLost = restoreCookies();
        Set<Long> ledgers = new TreeSet<>(scrubbed.ledgersInDoubt());
        damage.forEach(each -> ledgers.addAll(each.entriesByLedger().keySet()));
        int marked = ledgers.isEmpty() ? 0 : repair.mark(ledgers);
        int entries = damage.stream()
                .flatMap(each -> each.entriesByLedger().values().stream())
                .mapToInt(Integer::intValue)
                .sum();
        last = new Round(System.currentTimeMillis(), damage.size() + cookiesLost, entries, ledgers.size(), problem);
        metrics.scrubCompleted(bytesRead.get(), damage.size() + cookiesLost, ledgers.size());
        LOG.info(
                "Scrubbing read {} bytes back: {} damaged places, {} entries of {} ledgers unreadable here, {} ledgers"
                        + " marked for repair.",
                bytesRead.get(),
                damage.size() + cookiesLost,
                entries,
                ledgers.size(),
                marked);
    }

    private static void say(Damage damage) {
        String lost = damage.entriesByLedger().isEmpty()
                ? ""
                : " ("
                        + damage.entriesByLedger().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()
                        + " entries of ledgers "
                        + damage.entriesByLedger().keySet().stream()
                                .sorted()
                                .limit(10)
                                .toList()
                        + " are unknown here until they were restored)";
        LOG.error("Scrubbing found damage: {} {}{}.", damage.file(), damage.how(), lost);
    }

    private void treat(String place, List<Damage> found) throws IOException {
        Set<ScrubRemedy> remedies = EnumSet.noneOf(ScrubRemedy.class);
        found.forEach(damage -> remedies.add(damage.part().remedy()));
        if (remedies.contains(ScrubRemedy.CHECKPOINT)) {
            scrubbed.checkpoint();
        }
        if (remedies.contains(ScrubRemedy.REBUILD_INDEX)) {
            scrubbed.rebuildIndex(place, "A scrub found the index of " + place + " damaged.");
        }
    }

    private int restoreCookies() {
        List<Path> lost = cookies.damaged();
        for (Path folder : lost) {
            try {
                cookies.restore(folder);
                LOG.error("The cookie of {} (current/VERSION) was damaged and has been written again.", folder);
            } catch (IOException e) {
                LOG.error(
                        "The cookie of {} (current/VERSION) is damaged and cannot be written: {}",
                        folder,
                        e.getMessage());
            }
        }
        return lost.size();
    }

    private void pace(long count) {
        bytesRead.addAndGet(count);
        long waitNanos = bytes.take(count, System.nanoTime());
        try {
            synchronized (schedule) {
                long untilNanos = System.nanoTime() + waitNanos;
                for (long rest = waitNanos; !closed && rest > 0; rest = untilNanos - System.nanoTime()) {
                    schedule.wait(1 + rest / NANOS_PER_MILLI);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        if (closed) {
            throw new CancellationException("the bookie is closing");
        }
    }

    /** Ends in the middle of a round, and waits for it. */
    @Override
    public void close() {
        synchronized (schedule) {
            closed = true;
            schedule.notifyAll();
        }
        try {
            thread.join(JOIN_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
