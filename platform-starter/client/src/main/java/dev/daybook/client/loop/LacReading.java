package dev.daybook.client.loop;

import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.CompleteLac;
import dev.daybook.core.read.LacReader;
import dev.daybook.core.read.LacTraffic;
import dev.daybook.core.read.SendReadLac;
import java.util.function.Consumer;

/** Drives one question for the last confirmed entry. Belongs to the loop. */
final class LacReading implements LacTraffic, LoopOwned {
    private final ReadSource source;
    private final LacReader reader;
    private final Consumer<CompleteLac.Outcome> whenDone;
    private boolean done;

    LacReading(ReadSource source, long knownLac, Consumer<CompleteLac.Outcome> whenDone) {
        this.source = source;
        this.reader = new LacReader(source.metadata(), knownLac);
        this.whenDone = whenDone;
    }

    void start() {
        if (!source.loop().own(this)) {
            abandon();
            return;
        }
        reader.start();
        reader.drainTo(this);
    }

    @Override
    public void sendReadLac(SendReadLac effect) {
        source.requests().readLac(effect.bookie(), answer -> {
            reader.onLacReply(effect.position(), answer);
            reader.drainTo(this);
        });
    }

    @Override
    public void completeLac(CompleteLac effect) {
        end(effect.outcome());
    }

    @Override
    public void abandon() {
        end(new CompleteLac.Outcome.Failed(Answer.Reason.CLIENT_CLOSED));
    }

    private void end(CompleteLac.Outcome outcome) {
        if (!done) {
            done = true;
            source.loop().disown(this);
            whenDone.accept(outcome);
        }
    }
}
