package dev.daybook.samples.quickstart;

import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.spring.core.LedgerAppender;
import dev.daybook.spring.core.LedgerOperations;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Writes one text into one new ledger, each line an entry. At most {@code outstanding} lines wait for their
 * acknowledgement, so memory does not grow with the text. Used once, by one thread; acknowledgements come on others.
 */
final class LineWriter {
    private static final long LATENCY_NANOS_MAX = TimeUnit.MINUTES.toNanos(10);

    private final TextSource source;
    private final LineSplitter lines;
    private final int maxFrameBytes;
    private final Progress progress;
    private final Semaphore permits;
    private final ConcurrentHistogram latencies = new ConcurrentHistogram(1, LATENCY_NANOS_MAX, 3);
    private final AtomicLong acknowledged = new AtomicLong();

    private final AtomicReference<@Nullable Refused> firstRefused = new AtomicReference<>();
    private final Fingerprint fingerprint = new Fingerprint();
    private @Nullable LedgerId ledger;

    LineWriter(TextSource source, int maxFrameBytes, int outstanding, Progress progress) {
        this.source = source;
        this.maxFrameBytes = maxFrameBytes;
        this.lines = new LineSplitter(source.stream(), maxFrameBytes);
        this.permits = new Semaphore(outstanding);
        this.progress = progress;
    }

    Written write(LedgerOperations ledgers) {
        try {
            return ledgers.write(this::fill);
        } catch (DataAccessException e) {
            return new Written.Stopped(explain(e));
        } finally {
            progress.finish();
        }
    }

    private Written fill(LedgerAppender appender) {
        ledger = appender.ledgerId();
        long start = System.nanoTime();
        try {
            while (firstRefused.get() == null) {
                Line line = lines.next();
                if (line instanceof Line.Whole whole) {
                    append(appender, whole.bytes());
                } else if (line instanceof Line.TooLong tooLong) {
                    appender.flush();
                    return new Written.Stopped(tooLong(fingerprint.lines() + 1, tooLong.bytes()));
                } else {
                    break;
                }
            }
        } catch (IOException e) {
            appender.flush();
            return new Written.Stopped(new Outcome.BadInput("Reading " + source.name() + " failed after line "
                    + fingerprint.lines() + ": " + Text.message(e) + ". " + kept(true)));
        }
        appender.flush();
        long nanos = System.nanoTime() - start;
        return new Written.Complete(
                appender.ledgerId(), fingerprint.value(), Optional.of(new Written.Timing(nanos, latencies)));
    }

    private void append(LedgerAppender appender, byte[] line) {
        permits.acquireUninterruptibly();
        Refused ifRefused = new Refused(fingerprint.lines() + 1, line.length);
        long start = System.nanoTime();
        CompletableFuture<EntryId> unused = appender.appendAsync(line).whenComplete((id, thrown) -> {
            if (thrown == null) {
                latencies.recordValue(Math.min(System.nanoTime() - start, LATENCY_NANOS_MAX));
                acknowledged.incrementAndGet();
            } else {
                firstRefused.accumulateAndGet(ifRefused, Refused::earlier);
            }
            permits.release();
        });
        fingerprint.add(line);
        progress.advance(fingerprint.lines(), fingerprint.bytes());
    }

    /** The client knows its limit to the byte; the splitter only keeps memory bounded. */
    private Outcome explain(DataAccessException failure) {
        Refused refused = firstRefused.get();
        if (refused != null
                && failure.getCause() instanceof LedgerException cause
                && cause.reason() == LedgerException.Reason.ENTRY_TOO_LARGE) {
            return tooLong(refused.line(), refused.bytes());
        }
        String where = refused == null ? "Writing failed" : "Writing line " + Text.number(refused.line()) + " failed";
        return new Outcome.LedgerFailed(
                where + ": " + Text.message(failure) + ". " + kept(failure.getSuppressed().length == 0));
    }

    private Outcome tooLong(long line, long bytes) {
        return new Outcome.BadInput("Line " + Text.number(line) + " of " + source.name() + " has " + Text.number(bytes)
                + " bytes and does not fit into a frame; raise daybook.client.max-frame-bytes (now "
                + Text.number(maxFrameBytes) + ") here and daybook.bookie.max-frame-size at the bookies, or break the"
                + " line. " + kept(true));
    }

    private String kept(boolean closed) {
        if (ledger == null) {
            return "No ledger was created.";
        }
        return "Ledger " + ledger + (closed ? " is closed and keeps" : " is not closed; whoever opens it finds")
                + " the " + Text.lines(acknowledged.get()) + " before.";
    }

    /** A line, counted from 1, that was not acknowledged. */
    private record Refused(long line, long bytes) {
        static Refused earlier(@Nullable Refused known, @Nullable Refused other) {
            if (known == null || other == null) {
                return Objects.requireNonNull(known == null ? other : known);
            }
            return known.line <= other.line ? known : other;
        }
    }
}
