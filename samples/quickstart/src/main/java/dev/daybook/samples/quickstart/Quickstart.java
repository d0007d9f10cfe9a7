package dev.daybook.samples.quickstart;

import dev.daybook.spring.boot.autoconfigure.DaybookProperties;
import dev.daybook.spring.core.LedgerOperations;
import java.io.IOException;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/** The command: options in, one summary or one sentence out, and the exit code. */
@Component
class Quickstart implements ApplicationRunner, ExitCodeGenerator {
    private final LedgerOperations ledgers;
    private final int maxFrameBytes;
    private int exitCode;

    Quickstart(LedgerOperations ledgers, DaybookProperties properties) {
        this.ledgers = ledgers;
        this.maxFrameBytes = Math.toIntExact(properties.client().maxFrameBytes().toBytes());
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Outcome outcome = outcomeOf(arguments);
        exitCode = outcome.exitCode();
        if (outcome instanceof Outcome.Verified verified) {
            System.out.print(verified.summary().text());
        } else if (outcome instanceof Outcome.BadInput bad) {
            System.err.println(bad.sentence());
        } else if (outcome instanceof Outcome.LedgerFailed failed) {
            System.err.println(failed.sentence());
        } else if (outcome instanceof Outcome.Differs differs) {
            System.err.println(differs.sentence());
        }
    }

    private Outcome outcomeOf(ApplicationArguments arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            return new Outcome.BadInput("Nothing was written: " + Text.message(e) + ".");
        }
        try (TextSource source = TextSource.open(options.file())) {
            RoundTrip trip = new RoundTrip(
                    ledgers, maxFrameBytes, options.outstanding(), System.err, isShown(options.progress()));
            return options.ledger().isPresent()
                    ? trip.compareWith(source, options.ledger().get())
                    : trip.run(source);
        } catch (IOException e) {
            return new Outcome.BadInput("Nothing was written: " + Text.message(e) + ".");
        }
    }

    private static boolean isShown(Options.ProgressMode mode) {
        return switch (mode) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> Terminal.isInteractive();
        };
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
