package dev.daybook.core.sim;

import static dev.daybook.core.sim.World.require;

import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be true, checked when it could first be broken and once more at the end. */
final class Checks {
    private final World world;
    private final List<Integer> sizes = new ArrayList<>();
    private Optional<SimMetadataStore> store = Optional.empty();
    private Optional<LedgerMetadata.End> agreedEnd = Optional.empty();
    private long lastAcknowledged = -1;
    private long highestLacRead = -1;

    Checks(World world) {
        this.world = world;
    }

    void watch(SimMetadataStore watched) {
        store = Optional.of(watched);
    }

    void onAppend(int content, int bytes) {
        require(content == sizes.size(), "appends are counted");
        sizes.add(bytes);
    }

    void onAcknowledged(long entryId) {
        require(entryId == lastAcknowledged + 1, "acknowledgements come in order without gaps");
        lastAcknowledged = entryId;
        LedgerMetadata stored = stored();
        require(
                copies(stored, entryId) >= stored.quorum().ack(),
                "an acknowledged entry is on disk on an ack quorum of its stored fragment: " + entryId);
        require(
                stored.end().isEmpty() || entryId <= stored.end().get().lastEntryId(),
                "no entry behind the end of a closed ledger is acknowledged: " + entryId);
    }

    void onRecovered(LedgerMetadata closed) {
        require(closed.isClosed(), "a recovery ends with a closed record");
        require(closed.equals(stored()), "a recovery reports what is stored");
        require(agreedEnd.isEmpty() || agreedEnd.equals(closed.end()), "all clients see the same end");
        agreedEnd = closed.end();
        require(
                lastAcknowledged <= agreedEnd.orElseThrow().lastEntryId(),
                "every acknowledged entry is in the closed ledger");
    }

    void onLacRead(long lac) {
        highestLacRead = Math.max(highestLacRead, lac);
    }

    void checkClosed() {
        LedgerMetadata closed = stored();
        LedgerMetadata.End end = closed.end().orElseThrow();
        require(lastAcknowledged <= end.lastEntryId(), "every acknowledged entry is in the closed ledger");
        require(highestLacRead <= end.lastEntryId(), "nobody was told that an entry behind the end is confirmed");
        require(end.lastEntryId() < sizes.size(), "the end is an entry that was appended");
        long length = 0;
        for (int entryId = 0; entryId <= end.lastEntryId(); entryId++) {
            length += sizes.get(entryId);
            require(
                    copies(closed, entryId) >= closed.quorum().ack(),
                    "every entry of a closed ledger has its ack quorum of copies: " + entryId);
        }
        require(length == end.length(), "the length is the sum of the payloads: " + end + ", expected " + length);
        for (SimBookie bookie : world.bookies) {
            for (SimBookie.Stored stored : bookie.durable().values()) {
                require(stored.lac() <= end.lastEntryId(), "no header confirms an entry behind the end");
            }
        }
    }

    private int copies(LedgerMetadata metadata, long entryId) {
        List<BookieId> ensemble = metadata.fragmentOf(entryId).ensemble();
        int copies = 0;
        for (int position : Striping.writeSet(metadata.quorum(), entryId)) {
            copies += world.bookie(ensemble.get(position)).holds(entryId, entryId) ? 1 : 0;
        }
        return copies;
    }

    private LedgerMetadata stored() {
        return store.orElseThrow().stored().value();
    }
}
