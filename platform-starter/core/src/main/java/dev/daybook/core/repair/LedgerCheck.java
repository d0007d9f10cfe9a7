package dev.daybook.core.repair;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.effect.Effect;
import dev.daybook.core.quorum.Answer;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds which copies of a ledger are missing, from its metadata and by asking bookies. It changes nothing. Source:
 * auto-recovery specification, section 4; different from there, a bookie that is registered and does not answer is not
 * counted as having lost anything.
 *
 * <p>Not thread-safe: one loop owns it.
 */
public final class LedgerCheck {
    private final LedgerMetadata metadata;
    private final CheckScope scope;
    private final int inFlightMax;
    private final Consumer<Effect<ProbeTraffic>> effects;

    private final List<EntryRange> ranges;
    private final ProbePlan plan;
    private final Map<EntryRange, Map<Integer, Fault>> faults = new HashMap<>();
    private final Map<BookieId, Answer.Reason> unknown = new HashMap<>();
    private int inFlight;
    private Optional<CheckReport> report = Optional.empty();

    /**
     * @param lastConfirmed of a ledger that is not closed; ignored otherwise
     * @param inFlightMax questions without an answer, at most
     */
    public LedgerCheck(
            LedgerMetadata metadata,
            long lastConfirmed,
            CheckScope scope,
            int inFlightMax,
            Dice dice,
            Consumer<Effect<ProbeTraffic>> effects) {
        this.metadata = metadata;
        this.scope = scope;
        this.inFlightMax = inFlightMax;
        this.effects = effects;
        this.ranges = EntryRange.closedOf(metadata, lastConfirmed);
        this.plan = new ProbePlan(ranges, scope, dice, this::isSettled);
    }

    /** Call once. */
    public void start() {
        for (EntryRange range : ranges) {
            List<BookieId> ensemble = range.fragment().ensemble();
            for (int position = 0; position < ensemble.size(); position++) {
                scope.faultOf(ensemble.get(position)).ifPresent(noting(range, position));
            }
        }
        askMore();
    }

    private Consumer<Fault> noting(EntryRange range, int position) {
        return fault -> faults.computeIfAbsent(range, any -> new TreeMap<>()).putIfAbsent(position, fault);
    }

    /** Nothing need be asked about it. */
    private boolean isSettled(EntryRange range, int position) {
        return !scope.covers(range.fragment().ensemble().get(position))
                || faults.getOrDefault(range, Map.of()).containsKey(position);
    }

    private void askMore() {
        while (inFlight < inFlightMax) {
            Optional<SendProbe> probe = plan.next();
            if (probe.isEmpty()) {
                break;
            }
            inFlight++;
            effects.accept(probe.get());
        }
        if (inFlight == 0 && report.isEmpty()) {
            report = Optional.of(conclude());
        }
    }

    /** The answer to one {@link SendProbe}. */
    public void onProbeReply(BookieId bookie, long entryId, Answer<?> answer) {
        inFlight--;
        switch (Presence.of(scope.heard(bookie, answer))) {
            case SOUND -> {}
            case LACKING -> {
                EntryRange range = rangeOf(entryId);
                noting(range, range.fragment().ensemble().indexOf(bookie)).accept(Fault.LACKING);
            }
            case UNKNOWN -> unknown.put(bookie, ((Answer.Unknown<?>) answer).reason());
        }
        askMore();
    }

    private EntryRange rangeOf(long entryId) {
        Fragment fragment = metadata.fragmentOf(entryId);
        return ranges.stream()
                .filter(range -> range.fragment().equals(fragment))
                .findFirst()
                .orElseThrow();
    }

    private CheckReport conclude() {
        List<FaultyRange> faulty = new ArrayList<>();
        for (EntryRange range : ranges) {
            if (faults.containsKey(range)) {
                faulty.add(new FaultyRange(range, faults.get(range)));
            }
        }
        return new CheckReport(faulty, openFaults(), unknown);
    }

    private Set<BookieId> openFaults() {
        Set<BookieId> open = new HashSet<>();
        for (Fragment fragment :
                metadata.fragments().subList(ranges.size(), metadata.fragments().size())) {
            for (BookieId bookie : fragment.ensemble()) {
                if (scope.isOpenlyFaulty(bookie)) {
                    open.add(bookie);
                }
            }
        }
        return open;
    }

    /** Present when everything was answered. */
    public Optional<CheckReport> report() {
        return report;
    }
}
