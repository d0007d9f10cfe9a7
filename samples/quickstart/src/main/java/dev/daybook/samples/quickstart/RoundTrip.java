package dev.daybook.samples.quickstart;

import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.spring.core.LedgerOperations;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.dao.DataAccessException;

/** Writes a text into a ledger, opens the ledger as any reader would, and compares. */
final class RoundTrip {
    private final LedgerOperations ledgers;
    private final int maxFrameBytes;
    private final int outstanding;
    private final PrintStream progressOut;
    private final boolean showProgress;

    RoundTrip(
            LedgerOperations ledgers,
            int maxFrameBytes,
            int outstanding,
            PrintStream progressOut,
            boolean showProgress) {
        this.ledgers = ledgers;
        this.maxFrameBytes = maxFrameBytes;
        this.outstanding = outstanding;
        this.progressOut = progressOut;
        this.showProgress = showProgress;
    }

    Outcome run(TextSource source) {
        LineWriter writer = new LineWriter(source, maxFrameBytes, outstanding, progress("writing", source.size()));
        Written written = writer.write(ledgers);
        if (written instanceof Written.Stopped stopped) {
            return stopped.why();
        }
        return verify(source, (Written.Complete) written);
    }

    /** Compares a ledger that an earlier run wrote with its text. */
    Outcome compareWith(TextSource source, LedgerId ledger) throws IOException {
        Fingerprint expected = new Fingerprint();
        LineSplitter lines = new LineSplitter(source.stream(), maxFrameBytes);
        for (Line line = lines.next(); line instanceof Line.Whole whole; line = lines.next()) {
            expected.add(whole.bytes());
        }
        return verify(source, new Written.Complete(ledger, expected.value(), Optional.empty()));
    }

    private Outcome verify(TextSource source, Written.Complete written) {
        Fingerprint read = new Fingerprint();
        Progress progress =
                progress("reading", OptionalLong.of(written.fingerprint().bytes()));
        long start = System.nanoTime();
        try {
            ledgers.forEach(written.ledger(), entry -> {
                read.add(entry.payload());
                progress.advance(read.lines(), read.bytes());
            });
            long nanos = System.nanoTime() - start;
            return compare(source, written, read.value(), nanos);
        } catch (DataAccessException e) {
            return new Outcome.LedgerFailed("Reading ledger " + written.ledger() + " back failed after line "
                    + read.lines() + ": " + Text.message(e) + ".");
        } finally {
            progress.finish();
        }
    }

    private Outcome compare(TextSource source, Written.Complete written, Fingerprint.Value read, long nanos) {
        if (!read.equals(written.fingerprint())) {
            return new Outcome.Differs("Ledger " + written.ledger() + " does not hold the input: expected were "
                    + describe(written.fingerprint()) + ", read were " + describe(read) + ".");
        }
        return new Outcome.Verified(new Summary(source.name(), written, metadataOf(written), read, nanos));
    }

    private LedgerMetadata metadataOf(Written.Complete written) {
        return ledgers.execute(client -> client.admin().ledger(written.ledger()))
                .orElseThrow(() -> new LedgerException(
                        LedgerException.Reason.NO_SUCH_LEDGER, "ledger " + written.ledger() + " was deleted meanwhile"))
                .value();
    }

    private static String describe(Fingerprint.Value value) {
        return Text.lines(value.lines()) + " with SHA-256 " + value.sha256();
    }

    private Progress progress(String label, OptionalLong bytes) {
        return new Progress(progressOut, label, bytes, showProgress, System::nanoTime);
    }
}
