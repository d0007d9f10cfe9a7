package dev.daybook.console.cluster;

import dev.daybook.client.meta.UnderReplicatedLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Lists all marks and rates them by the records of their ledgers. Records are read a few at a time and remembered until
 * bookies come or go; some of the oldest are read again each time. Belongs to one thread.
 */
final class MarkSurvey {
    private static final int PAGE = 1_000;
    private static final int READS_AT_ONCE = 100;

    /** Each survey reads so many records again that were read before. */
    private static final int REFRESHED = 500;

    /** Further ledgers are listed without a rating. */
    private static final int RATED_MAX = 20_000;

    private final Asking asking;
    private final LedgerReader reader;

    /** Those that were read longest ago come first. */
    private final Map<LedgerId, Rating> ratings = new LinkedHashMap<>();

    private Set<BookieId> answering = Set.of();

    MarkSurvey(Asking asking, LedgerReader reader) {
        this.asking = asking;
        this.reader = reader;
    }

    private record Rating(FragmentRisk.Level level, long bytesLacking) {
        static final Rating UNKNOWN = new Rating(FragmentRisk.Level.UNKNOWN, 0);
    }

    /** Takes as long as the metadata service needs. */
    Fact<MarkedLedgers> take(ClusterSnapshot cluster) {
        List<UnderReplicatedLedger> marks = new ArrayList<>();
        Optional<LedgerId> after = Optional.empty();
        Optional<Instant> at = Optional.empty();
        boolean more = true;
        while (more && marks.size() < MarkedLedgers.LISTED_MAX) {
            Optional<LedgerId> from = after;
            Fact<List<UnderReplicatedLedger>> page =
                    asking.ask(admin -> admin.underReplicated(from, PAGE)).join();
            if (page.value().isEmpty()) {
                return Fact.unknown(page.problem().orElse("The reason is unknown."));
            }
            List<UnderReplicatedLedger> found = page.value().get();
            marks.addAll(found);
            at = page.at();
            more = found.size() == PAGE;
            after = found.isEmpty()
                    ? after
                    : Optional.of(found.get(found.size() - 1).ledger());
        }
        rate(marks, cluster);
        List<RatedMark> rated =
                marks.stream().map(this::rated).sorted(RatedMark.WORST_FIRST).toList();
        return Fact.of(new MarkedLedgers(rated, more), at.orElse(cluster.takenAt()));
    }

    private RatedMark rated(UnderReplicatedLedger mark) {
        Rating rating = ratings.getOrDefault(mark.ledger(), Rating.UNKNOWN);
        return new RatedMark(mark, rating.level(), rating.bytesLacking());
    }

    private void rate(List<UnderReplicatedLedger> marks, ClusterSnapshot cluster) {
        Set<BookieId> now = new HashSet<>();
        cluster.knownBookies().stream().filter(BookieFacts::up).forEach(facts -> now.add(facts.id()));
        if (!now.equals(answering)) {
            answering = now;
            ratings.clear();
        }
        Set<LedgerId> marked = new HashSet<>();
        marks.forEach(mark -> marked.add(mark.ledger()));
        ratings.keySet().retainAll(marked);
        List<LedgerId> read =
                new ArrayList<>(ratings.keySet().stream().limit(REFRESHED).toList());
        marks.stream()
                .map(UnderReplicatedLedger::ledger)
                .filter(ledger -> !ratings.containsKey(ledger))
                .limit(Math.max(0, RATED_MAX - ratings.size()))
                .forEach(read::add);
        for (int from = 0; from < read.size(); from += READS_AT_ONCE) {
            rate(read.subList(from, Math.min(read.size(), from + READS_AT_ONCE)), cluster::presence);
        }
    }

    private void rate(List<LedgerId> ledgers, Function<BookieId, Presence> presence) {
        for (LedgerReader.Row row : reader.rows(ledgers)) {
            Optional<LedgerMetadata> metadata = row.metadata().value().flatMap(Function.identity());
            ratings.remove(row.id());
            metadata.map(record -> rating(record, presence)).ifPresent(rating -> ratings.put(row.id(), rating));
        }
    }

    private static Rating rating(LedgerMetadata metadata, Function<BookieId, Presence> presence) {
        List<FragmentRisk> risks = FragmentRisk.of(metadata, presence);
        return new Rating(FragmentRisk.worst(risks).level(), bytesLacking(metadata, risks));
    }

    /** Entries of a ledger are taken to be of one size. */
    private static long bytesLacking(LedgerMetadata metadata, List<FragmentRisk> risks) {
        if (metadata.end().isEmpty() || metadata.end().get().lastEntryId() < 0) {
            return 0;
        }
        double bytesPerEntry =
                (double) metadata.end().get().length() / (metadata.end().get().lastEntryId() + 1);
        double lacking = 0;
        for (int i = 0; i < risks.size(); i++) {
            FragmentRisk risk = risks.get(i);
            Fragment fragment = metadata.fragments().get(i);
            long entries = risk.lastEntry().orElse(-1) - fragment.firstEntryId() + 1;
            long away = risk.ensemble().stream()
                    .filter(member -> !member.presence().answers())
                    .count();
            double share =
                    (double) metadata.quorum().write() / metadata.quorum().ensemble();
            lacking += Math.max(0, entries) * bytesPerEntry * share * away;
        }
        return Math.round(lacking);
    }
}
