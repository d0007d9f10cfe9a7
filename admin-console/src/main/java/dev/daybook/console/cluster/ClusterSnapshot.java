package dev.daybook.console.cluster;

import dev.daybook.client.meta.BookieRecord;
import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.model.BookieId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The cluster as one look saw it.
 *
 * @param takenAt end of that look
 * @param bookies in the order of their ids
 * @param underReplicated at most {@link #UNDER_REPLICATED_MAX}, one more if there are more
 * @param auditor bookie id of the elected auditor
 */
public record ClusterSnapshot(
        Instant takenAt,
        Fact<List<BookieFacts>> bookies,
        Fact<List<UnderReplicatedLedger>> underReplicated,
        Fact<Optional<String>> auditor,
        Fact<Boolean> autoRecovery,
        Fact<Optional<String>> instanceId) {
    /** Marks listed at most; a count above it is shown as "more than". */
    public static final int UNDER_REPLICATED_MAX = 1000;

    static ClusterSnapshot nothingYet(Instant at) {
        String reason = "The console has not looked at the cluster yet.";
        return new ClusterSnapshot(
                at,
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason));
    }

    public List<BookieFacts> knownBookies() {
        return bookies.value().orElse(List.of());
    }

    public Optional<BookieFacts> bookie(BookieId id) {
        return knownBookies().stream().filter(facts -> facts.id().equals(id)).findFirst();
    }

    public long count(BookieRecord.State state) {
        return knownBookies().stream().filter(facts -> facts.state() == state).count();
    }

    /** Unknown, not down, as long as the metadata service does not answer. */
    public Presence presence(BookieId id) {
        if (!bookies.current()) {
            return Presence.UNKNOWN;
        }
        return bookie(id).map(facts -> Presence.of(facts.state())).orElse(Presence.GONE);
    }

    /** Disks of all bookies that tell, as far as known; empty if none does. */
    public Optional<DiskFill> capacity() {
        return knownBookies().stream()
                .filter(BookieFacts::up)
                .flatMap(facts -> facts.allDisks().stream())
                .reduce((a, b) -> DiskFill.of(a.totalBytes() + b.totalBytes(), a.usedBytes() + b.usedBytes()));
    }

    /** Bookies whose disks are part of {@link #capacity()}. */
    public long bookiesInCapacity() {
        return knownBookies().stream()
                .filter(BookieFacts::up)
                .filter(facts -> facts.allDisks().isPresent())
                .count();
    }

    /** Why the metadata service could not be asked, if so. */
    public Optional<String> metadataProblem() {
        return bookies.problem();
    }
}
