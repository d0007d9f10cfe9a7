package dev.daybook.core.recover;

import static dev.daybook.core.Fixtures.show;

import dev.daybook.core.Fixtures;
import dev.daybook.core.effect.Dice;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.LastEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Drives a recovery by hand; every call returns what it asked for, one line per effect. Payloads are one byte long. */
final class RecoveryScript implements RecoveryTraffic<String> {
    static final Answer.Reason TIMEOUT = Answer.Reason.TIMEOUT;

    final LedgerRecovery<String> recovery;
    private final Map<BookieId, Integer> positions = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    RecoveryScript(LedgerMetadata metadata, String cluster) {
        recovery = new LedgerRecovery<>(
                new Versioned<>(metadata, 5),
                new Fixtures.FirstAllowed(),
                Fixtures.cluster(cluster),
                new Dice(1),
                new RecoveryLimits(1, 8));
    }

    List<String> start() {
        recovery.start();
        return drain();
    }

    /** Starts on a ledger in recovery already and passes the fencing round with these last entries. */
    static RecoveryScript fenced(LedgerMetadata metadata, String cluster, LastEntry last, String bookies) {
        RecoveryScript script = new RecoveryScript(metadata.inRecovery(), cluster);
        script.start();
        for (BookieId id : Fixtures.bookies(bookies)) {
            script.fence(id.value(), last.entryId() < 0 ? Answer.negative() : Answer.positive(last));
        }
        return script;
    }

    List<String> fence(String bookie, Answer<LastEntry> answer) {
        BookieId id = new BookieId(bookie);
        recovery.onFenceReply(positions.getOrDefault(id, -1), id, answer);
        return drain();
    }

    List<String> found(String bookie, long entryId, long length) {
        return read(bookie, entryId, Answer.positive(new VerifiedEntry<>(entryId, -1, length, "p" + entryId, 1)));
    }

    List<String> absent(String bookie, long entryId) {
        return read(bookie, entryId, Answer.negative());
    }

    List<String> unknown(String bookie, long entryId, Answer.Reason reason) {
        return read(bookie, entryId, Answer.unknown(reason));
    }

    private List<String> read(String bookie, long entryId, Answer<VerifiedEntry<String>> answer) {
        BookieId id = new BookieId(bookie);
        recovery.onReadReply(positions.getOrDefault(id, -1), id, entryId, answer);
        return drain();
    }

    List<String> add(String bookie, long entryId, AddReply reply) {
        BookieId id = new BookieId(bookie);
        recovery.onAddReply(positions.getOrDefault(id, -1), id, entryId, reply);
        return drain();
    }

    List<String> swapped(SwapReply reply) {
        recovery.onMetadataSwapped(reply);
        return drain();
    }

    List<String> record(LedgerMetadata metadata, long version) {
        recovery.onMetadataRead(new MetadataReply.Found(new Versioned<>(metadata, version)));
        return drain();
    }

    List<String> drain() {
        recovery.drainTo(this);
        List<String> copy = List.copyOf(lines);
        lines.clear();
        return copy;
    }

    @Override
    public void sendFence(SendFence effect) {
        positions.put(effect.bookie(), effect.position());
        lines.add("fence " + effect.bookie());
    }

    @Override
    public void sendRead(SendRead effect) {
        positions.put(effect.bookie(), effect.position());
        lines.add((effect.fence() ? "fencing read e" : "read e") + effect.entryId() + " from " + effect.bookie());
    }

    @Override
    public void sendAdd(SendAdd<String> add) {
        positions.put(add.bookie(), add.position());
        lines.add((add.recovery() ? "write back e" : "add e") + add.entryId() + " to " + add.bookie() + " lac "
                + add.lac() + " length " + add.length());
    }

    @Override
    public void discardEntry(DiscardEntry<String> effect) {
        lines.add("discard " + effect.entry().payload());
    }

    @Override
    public void releasePayload(ReleasePayload<String> effect) {
        lines.add("release " + effect.payload());
    }

    @Override
    public void swapMetadata(SwapMetadata effect) {
        lines.add("swap v" + effect.expectedVersion() + " " + show(effect.metadata()));
    }

    @Override
    public void readMetadata(ReadMetadata effect) {
        lines.add("read metadata");
    }

    @Override
    public void completeRecovery(CompleteRecovery effect) {
        if (effect.outcome() instanceof CompleteRecovery.Outcome.Closed closed) {
            lines.add("closed " + show(closed.record().value()));
        } else if (effect.outcome() instanceof CompleteRecovery.Outcome.Failed failed) {
            lines.add("failed " + failed.failure().kind());
        }
    }
}
