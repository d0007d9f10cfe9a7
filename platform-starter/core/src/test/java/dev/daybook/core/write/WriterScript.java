package dev.daybook.core.write;

import static dev.daybook.core.Fixtures.show;

import dev.daybook.core.Fixtures;
import dev.daybook.core.effect.Dice;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Drives a writer by hand; every call returns what the writer asked for, one line per effect. */
final class WriterScript implements WriterTraffic<String> {
    final LedgerWriter<String> writer;
    private final Map<BookieId, Integer> positions = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    WriterScript(Quorum quorum, String ensemble, String cluster) {
        this(quorum, Durability.SYNCED, ensemble, cluster);
    }

    WriterScript(Quorum quorum, Durability durability, String ensemble, String cluster) {
        writer = new LedgerWriter<>(
                new Versioned<>(Fixtures.open(quorum, ensemble), 0),
                durability,
                new Fixtures.FirstAllowed(),
                Fixtures.cluster(cluster),
                new Dice(1));
    }

    List<String> append(String payload) {
        writer.append(payload, payload.length());
        return drain();
    }

    List<String> append(long entryId, String payload) {
        Taking taking = writer.append(entryId, payload, payload.length());
        if (taking != Taking.TAKEN) {
            lines.add(taking.toString());
        }
        return drain();
    }

    List<String> force() {
        writer.force();
        return drain();
    }

    /** Several bookies answer a force. */
    List<String> forced(long forceId, String bookies) {
        return forceReply(forceId, bookies, true);
    }

    List<String> forceReply(long forceId, String bookies, boolean synced) {
        for (BookieId id : Fixtures.bookies(bookies)) {
            writer.onForceReply(forceId, positions.getOrDefault(id, -1), id, synced);
        }
        return drain();
    }

    List<String> lost(String bookie) {
        writer.onBookieFailed(new BookieId(bookie));
        return drain();
    }

    List<String> retry() {
        writer.onRetryDue();
        return drain();
    }

    List<String> readFailed() {
        writer.onMetadataRead(new MetadataReply.Failed("no store"));
        return drain();
    }

    List<String> reply(String bookie, long entryId, AddReply reply) {
        BookieId id = new BookieId(bookie);
        writer.onAddReply(positions.getOrDefault(id, -1), id, entryId, reply);
        return drain();
    }

    /** Several bookies have stored an entry. */
    List<String> stored(long entryId, String bookies) {
        List<String> all = new ArrayList<>();
        for (BookieId id : Fixtures.bookies(bookies)) {
            all.addAll(reply(id.value(), entryId, AddReply.STORED));
        }
        return all;
    }

    List<String> swapped(SwapReply reply) {
        writer.onMetadataSwapped(reply);
        return drain();
    }

    List<String> read(LedgerMetadata metadata, long version) {
        writer.onMetadataRead(new MetadataReply.Found(new Versioned<>(metadata, version)));
        return drain();
    }

    List<String> close() {
        writer.close();
        return drain();
    }

    List<String> drain() {
        writer.drainTo(this);
        List<String> copy = List.copyOf(lines);
        lines.clear();
        return copy;
    }

    @Override
    public void sendAdd(SendAdd<String> add) {
        positions.put(add.bookie(), add.position());
        lines.add("add e" + add.entryId() + " to " + add.bookie() + " lac " + add.lac() + " length " + add.length());
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
    public void completeAdd(CompleteAdd effect) {
        lines.add(
                effect.outcome() instanceof CompleteAdd.Outcome.Failed failed
                        ? "fail e" + effect.entryId() + " " + failed.failure().kind()
                        : "ack e" + effect.entryId());
    }

    @Override
    public void sendForce(SendForce effect) {
        positions.put(effect.bookie(), effect.position());
        lines.add("force " + effect.forceId() + " to " + effect.bookie());
    }

    @Override
    public void completeForce(CompleteForce effect) {
        lines.add(
                effect.outcome() instanceof CompleteForce.Outcome.Forced forced
                        ? "forced to e" + forced.lastAddConfirmed()
                        : "force failed "
                                + ((CompleteForce.Outcome.Failed) effect.outcome())
                                        .failure()
                                        .kind());
    }

    @Override
    public void retryLater(RetryLater effect) {
        lines.add("retry later");
    }

    @Override
    public void completeClose(CompleteClose effect) {
        if (effect.outcome() instanceof CompleteClose.Outcome.Closed closed) {
            lines.add("closed " + show(closed.record().value()));
        } else if (effect.outcome() instanceof CompleteClose.Outcome.Failed failed) {
            lines.add("close failed " + failed.failure().kind());
        }
    }
}
