package dev.daybook.core.repair;

import static dev.daybook.core.Fixtures.bookies;
import static dev.daybook.core.Fixtures.cluster;
import static dev.daybook.core.Fixtures.open;
import static dev.daybook.core.Fixtures.quorum;
import static dev.daybook.core.Fixtures.show;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.Fixtures;
import dev.daybook.core.effect.Dice;
import dev.daybook.core.metadata.MetadataReply;
import dev.daybook.core.metadata.ReadMetadata;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.quorum.Answer;
import dev.daybook.core.read.DiscardEntry;
import dev.daybook.core.read.SendRead;
import dev.daybook.core.read.VerifiedEntry;
import dev.daybook.core.write.AddReply;
import dev.daybook.core.write.ReleasePayload;
import dev.daybook.core.write.SendAdd;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What one repair does, step by step. Copies are named {@code bookie/entry}. */
class LedgerRepairTest {
    private static final Set<BookieId> NOBODY = Set.of();

    private final Set<String> copies = new HashSet<>();
    private final List<String> done = new ArrayList<>();

    /** Registered, and yet they take nothing. */
    private final Set<BookieId> broken = new HashSet<>();

    private LedgerMetadata stored = open(quorum(3, 3, 2), "a b c").closedAt(new End(2, 30));
    private String available = "a b c d e";

    /** Of those that are available. */
    private String readOnly = "";

    private Set<BookieId> leaving = NOBODY;
    private Map<BookieId, BookieId> assigned = Map.of();
    private Optional<BookieId> refilled = Optional.empty();

    /** They do not know what they have lost. */
    private final Set<BookieId> inLimbo = new HashSet<>();

    LedgerRepairTest() {
        hold("a b c", 0, 1, 2);
    }

    /** Registers when the repair has just begun. */
    private String joining = "";

    private void hold(String bookies, long... entries) {
        for (BookieId bookie : bookies(bookies)) {
            for (long entry : entries) {
                copies.add(bookie + "/" + entry);
            }
        }
    }

    private final class Driver implements RepairTraffic<String> {
        private final ArrayDeque<Runnable> pending = new ArrayDeque<>();
        private final LedgerRepair<String> repair;
        private CompleteRepair end = new CompleteRepair(new CompleteRepair.Outcome.Gone(), RepairTally.NOTHING);

        Driver(LedgerRepair<String> repair) {
            this.repair = repair;
        }

        private Answer<VerifiedEntry<String>> ask(BookieId bookie, long entryId) {
            return copies.contains(bookie + "/" + entryId)
                    ? Answer.positive(new VerifiedEntry<>(entryId, entryId - 1, 10 * (entryId + 1), "p", 10))
                    : inLimbo.contains(bookie) ? Answer.unknown(Answer.Reason.LEDGER_STATE_UNKNOWN) : Answer.negative();
        }

        @Override
        public void sendProbe(SendProbe effect) {
            pending.add(() ->
                    repair.onProbeReply(effect.bookie(), effect.entryId(), ask(effect.bookie(), effect.entryId())));
        }

        @Override
        public void sendRead(SendRead effect) {
            pending.add(() ->
                    repair.onReadReply(effect.position(), effect.entryId(), ask(effect.bookie(), effect.entryId())));
        }

        @Override
        public void sendAdd(SendAdd<String> effect) {
            boolean taken = !broken.contains(effect.bookie());
            String copy = effect.bookie() + "/" + effect.entryId();
            done.add((taken ? "copy " : "refused ") + copy);
            if (taken) {
                copies.add(copy);
            }
            pending.add(() ->
                    repair.onAddReply(effect.bookie(), effect.entryId(), taken ? AddReply.STORED : AddReply.FAILED));
        }

        @Override
        public void swapMetadata(SwapMetadata effect) {
            done.add("store " + show(effect.metadata()));
            stored = effect.metadata();
            pending.add(() -> repair.onMetadataSwapped(new SwapReply.Swapped(effect.expectedVersion() + 1)));
        }

        @Override
        public void readMetadata(ReadMetadata effect) {
            pending.add(() -> repair.onMetadataRead(new MetadataReply.Gone()));
        }

        @Override
        public void releasePayload(ReleasePayload<String> effect) {}

        @Override
        public void discardEntry(DiscardEntry<String> effect) {}

        @Override
        public void completeRepair(CompleteRepair effect) {
            end = effect;
        }

        CompleteRepair run() {
            repair.start();
            if (!joining.isEmpty()) {
                repair.onClusterChanged(cluster(available + " " + joining));
            }
            repair.drainTo(this);
            for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
                next.run();
                repair.drainTo(this);
            }
            return end;
        }
    }

    private CompleteRepair repair() {
        CheckScope scope = refilled.map(CheckScope::ofRefill)
                .orElseGet(() -> new CheckScope(new HashSet<>(bookies(available)), leaving, NOBODY, 0));
        List<BookieId> writable = new ArrayList<>(bookies(available));
        writable.removeAll(bookies(readOnly));
        RepairTargets targets =
                new RepairTargets(new Fixtures.FirstAllowed(), new ClusterSnapshot(writable), NOBODY, assigned);
        return new Driver(new LedgerRepair<>(
                        new Versioned<>(stored, 4), 1, scope, targets, new RepairLimits(8, 1), new Dice(1)))
                .run();
    }

    private static List<StallReason> stallsOf(CompleteRepair end) {
        return ((CompleteRepair.Outcome.Stalled) end.outcome())
                .stalls().stream().map(Stall::reason).collect(Collectors.toList());
    }

    @Test
    void aLedgerThatLacksNothingIsLeftAlone() {
        assertThat(repair().outcome()).isInstanceOf(CompleteRepair.Outcome.Whole.class);
        assertThat(done).isEmpty();
    }

    @Test
    void aLostMemberIsReplacedAfterItsEntriesAreCopied() {
        available = "a c d";
        CompleteRepair end = repair();
        assertThat(end.outcome()).isInstanceOf(CompleteRepair.Outcome.Whole.class);
        assertThat(end.tally()).isEqualTo(new RepairTally(3, 30, 1));
        assertThat(done).containsExactly("copy d/0", "copy d/1", "copy d/2", "store CLOSED@2/30 0:a,d,c");
    }

    @Test
    void aBookieThatJoinsDuringTheRepairMayTakeOver() {
        available = "a c";
        joining = "d";
        CompleteRepair end = repair();
        assertThat(end.outcome()).isInstanceOf(CompleteRepair.Outcome.Whole.class);
        assertThat(end.tally()).isEqualTo(new RepairTally(3, 30, 1));
        assertThat(stored.lastFragment().ensemble()).isEqualTo(bookies("a d c"));
    }

    @Test
    void aMemberThatLacksSomethingGetsOnlyThatAndStays() {
        copies.remove("b/0");
        copies.remove("b/1");
        assertThat(repair().tally()).isEqualTo(new RepairTally(2, 20, 0));
        assertThat(done).containsExactly("copy b/0", "copy b/1");
    }

    @Test
    void aReadOnlyMemberThatLacksSomethingIsReplaced() {
        copies.remove("b/0");
        readOnly = "b";
        assertThat(repair().outcome()).isInstanceOf(CompleteRepair.Outcome.Whole.class);
        assertThat(done).containsExactly("copy d/0", "copy d/1", "copy d/2", "store CLOSED@2/30 0:a,d,c");
    }

    @Test
    void aReadOnlyMemberIsRefilled() {
        forget("b", 0, 1, 2);
        readOnly = "b";
        assertThat(repair().outcome()).isInstanceOf(CompleteRepair.Outcome.Whole.class);
        assertThat(done).containsExactly("copy b/0", "copy b/1", "copy b/2");
    }

    @Test
    void aTargetThatFailsIsFollowedByAnother() {
        available = "a c d e";
        broken.addAll(bookies("d"));
        assertThat(repair().outcome()).isInstanceOf(CompleteRepair.Outcome.Whole.class);
        assertThat(done)
                .containsExactly("refused d/0", "copy e/0", "copy e/1", "copy e/2", "store CLOSED@2/30 0:a,e,c");
    }

    @Test
    void anEmptyLedgerGetsItsMembersWithoutACopy() {
        stored = open(quorum(3, 3, 2), "a b c").closedAt(new End(-1, 0));
        available = "a c d";
        repair();
        assertThat(done).containsExactly("store CLOSED@-1/0 0:a,d,c");
    }

    @Test
    void withoutATargetNothingIsTouched() {
        available = "a c";
        assertThat(stallsOf(repair())).containsExactly(StallReason.NO_TARGET);
        assertThat(done).isEmpty();
    }

    @Test
    void withoutASourceTheMetadataStayAsTheyAre() {
        available = "a c d";
        copies.remove("a/1");
        copies.remove("c/1");
        CompleteRepair end = repair();
        assertThat(stallsOf(end)).contains(StallReason.NO_SOURCE);
        assertThat(show(stored)).isEqualTo("CLOSED@2/30 0:a,b,c");
    }

    @Test
    void theLastFragmentOfAnOpenLedgerIsLeftToRecovery() {
        stored = open(quorum(3, 3, 2), "a b c").withFragment(new Fragment(2, bookies("a b d")));
        available = "a c d e";
        assertThat(stallsOf(repair())).containsExactly(StallReason.OPEN);
        assertThat(done).containsExactly("copy d/0", "copy d/1", "store OPEN 0:a,d,c 2:a,b,d");
    }

    @Test
    void whoLeavesServesAsSourceAndIsFollowedByWhomTheOperatorNamed() {
        leaving = Set.copyOf(bookies("a"));
        assigned = Map.of(new BookieId("a"), new BookieId("e"));
        repair();
        assertThat(done).containsExactly("copy e/0", "copy e/1", "copy e/2", "store CLOSED@2/30 0:e,b,c");
    }

    private void forget(String bookie, long... entries) {
        for (long entry : entries) {
            copies.remove(bookie + "/" + entry);
        }
        inLimbo.addAll(bookies(bookie));
        refilled = Optional.of(new BookieId(bookie));
    }

    @Test
    void whoDoesNotKnowWhatItLostGetsItBackAndNobodyIsReplaced() {
        forget("b", 1, 2);
        copies.remove("c/0");
        available = "b c";
        CompleteRepair end = repair();
        assertThat(end.outcome()).isInstanceOf(CompleteRepair.Outcome.Whole.class);
        assertThat(end.tally()).isEqualTo(new RepairTally(2, 20, 0));
        assertThat(done).containsExactly("copy b/1", "copy b/2");
    }

    @Test
    void onlyARefillWritesToABookieThatDoesNotKnow() {
        forget("b", 1, 2);
        refilled = Optional.empty();
        assertThat(stallsOf(repair())).containsExactly(StallReason.UNANSWERED);
        assertThat(done).isEmpty();
    }

    @Test
    void aRefillGoesOnAfterAnEntryThatNobodyHas() {
        forget("b", 0, 1, 2);
        copies.remove("a/1");
        copies.remove("c/1");
        assertThat(stallsOf(repair())).contains(StallReason.NO_SOURCE);
        assertThat(done).containsExactly("copy b/0", "copy b/2");
    }

    @Test
    void aRefillSaysThatTheEndOfAnOpenLedgerIsNotKnown() {
        stored = open(quorum(3, 3, 2), "a b c").withFragment(new Fragment(2, bookies("a b d")));
        forget("b", 0, 1);
        assertThat(stallsOf(repair())).containsExactly(StallReason.OPEN);
        assertThat(done).containsExactly("copy b/0", "copy b/1");
    }

    @Test
    void aBookieThatTheOpenEndHasLeftIsRefilledWithoutIt() {
        stored = open(quorum(3, 3, 2), "a b c").withFragment(new Fragment(2, bookies("a d c")));
        forget("b", 0, 1);
        assertThat(repair().outcome()).isInstanceOf(CompleteRepair.Outcome.Whole.class);
        assertThat(done).containsExactly("copy b/0", "copy b/1");
    }
}
