package dev.daybook.console.cluster;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How well one fragment of a ledger is covered by bookies that answer. A pure function of metadata and presence. What
 * counts is the entry with the fewest copies, not the ensemble: with entries striped over more bookies than the write
 * quorum, two lost bookies may or may not share an entry.
 *
 * @param firstEntry of the fragment
 * @param lastEntry empty while it may still grow
 * @param copiesAlive of the worst entry
 * @param copiesWanted the write quorum
 */
public record FragmentRisk(
        long firstEntry,
        OptionalLong lastEntry,
        List<Member> ensemble,
        Level level,
        int copiesAlive,
        int copiesWanted,
        String hint) {
    /** One place of the ensemble. */
    public record Member(BookieId bookie, Presence presence) {}

    /** From harmless to lost; {@code UNKNOWN} says nothing either way. */
    public enum Level {
        EMPTY,
        COMPLETE,
        UNKNOWN,
        REDUCED,
        LAST_COPY,
        UNREADABLE
    }

    public FragmentRisk {
        ensemble = List.copyOf(ensemble);
    }

    /** All fragments in order. */
    public static List<FragmentRisk> of(LedgerMetadata metadata, Function<BookieId, Presence> presence) {
        List<FragmentRisk> risks = new ArrayList<>();
        for (int i = 0; i < metadata.fragments().size(); i++) {
            risks.add(of(metadata, i, presence));
        }
        return risks;
    }

    /** The fragment in most danger. */
    public static FragmentRisk worst(List<FragmentRisk> risks) {
        return risks.stream().max(Comparator.comparing(FragmentRisk::level)).orElseThrow();
    }

    private static FragmentRisk of(LedgerMetadata metadata, int index, Function<BookieId, Presence> presence) {
        Fragment fragment = metadata.fragments().get(index);
        OptionalLong last = lastEntry(metadata, index);
        List<Member> members = fragment.ensemble().stream()
                .map(bookie -> new Member(bookie, presence.apply(bookie)))
                .toList();
        Quorum quorum = metadata.quorum();
        int alive = copiesOfWorstEntry(quorum, fragment.firstEntryId(), last, members);
        Level level = level(quorum, fragment.firstEntryId(), last, members, alive);
        boolean recoverable =
                metadata.isClosed() || index < metadata.fragments().size() - 1 || alive >= quorum.coverageOfWriteSet();
        return new FragmentRisk(
                fragment.firstEntryId(),
                last,
                members,
                level,
                alive,
                quorum.write(),
                hint(level, alive, quorum, recoverable));
    }

    private static OptionalLong lastEntry(LedgerMetadata metadata, int index) {
        if (index + 1 < metadata.fragments().size()) {
            return OptionalLong.of(metadata.fragments().get(index + 1).firstEntryId() - 1);
        }
        return metadata.end().isPresent() ? OptionalLong.of(metadata.end().get().lastEntryId()) : OptionalLong.empty();
    }

    private static int copiesOfWorstEntry(Quorum quorum, long first, OptionalLong last, List<Member> members) {
        long stripes = last.isPresent() ? Math.min(quorum.ensemble(), last.getAsLong() - first + 1) : quorum.ensemble();
        int worst = quorum.write();
        for (long entry = first; entry < first + stripes; entry++) {
            int alive = 0;
            for (int copy = 0; copy < quorum.write(); copy++) {
                int place = (int) ((entry + copy) % quorum.ensemble());
                alive += members.get(place).presence().answers() ? 1 : 0;
            }
            worst = Math.min(worst, alive);
        }
        return worst;
    }

    private static Level level(Quorum quorum, long first, OptionalLong last, List<Member> members, int alive) {
        if (last.isPresent() && last.getAsLong() < first) {
            return Level.EMPTY;
        }
        if (members.stream().anyMatch(member -> member.presence() == Presence.UNKNOWN)) {
            return Level.UNKNOWN;
        }
        if (alive == quorum.write()) {
            return Level.COMPLETE;
        }
        return switch (alive) {
            case 0 -> Level.UNREADABLE;
            case 1 -> Level.LAST_COPY;
            default -> Level.REDUCED;
        };
    }

    private static String hint(Level level, int alive, Quorum quorum, boolean recoverable) {
        String copies = alive + " of " + quorum.write() + " copies reachable";
        String sentence = switch (level) {
            case EMPTY -> "Holds no entries";
            case UNKNOWN -> "Cannot be told while the metadata service does not answer";
            case COMPLETE ->
                quorum.write() == 1 ? "The only copy is reachable" : "All " + quorum.write() + " copies reachable";
            case REDUCED -> copies;
            case LAST_COPY -> copies + ": the next failure makes entries unreadable";
            case UNREADABLE -> "No copy reachable: some entries cannot be read until a bookie returns";
        };
        boolean warns = !recoverable && level != Level.UNKNOWN && level != Level.EMPTY;
        return warns ? sentence + "; too few bookies answer to recover and close the ledger" : sentence;
    }
}
