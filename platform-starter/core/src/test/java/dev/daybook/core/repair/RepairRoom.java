package dev.daybook.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.effect.Dice;
import dev.daybook.core.metadata.SwapMetadata;
import dev.daybook.core.metadata.SwapReply;
import dev.daybook.core.place.ClusterSnapshot;
import dev.daybook.core.place.FlatPlacement;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Versioned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One ledger, its bookies and its record, with what one seed has done to them. Everything that a repair does here is
 * checked when it happens.
 */
final class RepairRoom {
    private static final int ENTRIES_MAX = 40;

    final Dice dice;
    final Quorum quorum;
    final Set<BookieId> available = new HashSet<>();
    final Set<BookieId> leaving = new HashSet<>();
    final List<BookieId> all = new ArrayList<>();

    /** Sound copies. */
    private final Set<Copy> copies = new HashSet<>();

    /** Of an entry for which every copy was destroyed. */
    final Set<Long> destroyed = new HashSet<>();

    final long lastEntryId;

    /** Lost what it had, does not know what that was, and is to get it back. */
    Optional<BookieId> refilled = Optional.empty();

    Versioned<LedgerMetadata> record;

    RepairRoom(long seed) {
        dice = new Dice(seed);
        int ensemble = 1 + dice.below(5);
        int write = 1 + dice.below(ensemble);
        quorum = new Quorum(ensemble, write, 1 + dice.below(write));
        int count = ensemble + dice.below(4);
        for (int i = 0; i < count; i++) {
            all.add(new BookieId("b" + i));
        }
        available.addAll(all);
        lastEntryId = dice.below(ENTRIES_MAX) - 1L;
        record = new Versioned<>(writeLedger(), 1);
        breakSomething();
    }

    private LedgerMetadata writeLedger() {
        List<Fragment> fragments = new ArrayList<>();
        long first = 0;
        do {
            fragments.add(new Fragment(first, ensemble()));
            first += 1 + dice.below(15);
        } while (first <= lastEntryId && dice.chance(70));
        LedgerMetadata open = LedgerMetadata.open(
                        quorum, fragments.get(0), new Credentials(DigestType.CRC32C, LedgerPassword.EMPTY), Map.of(), 0)
                .withFragments(fragments);
        for (long id = 0; id <= lastEntryId; id++) {
            List<BookieId> members = open.fragmentOf(id).ensemble();
            for (int position : Striping.writeSet(quorum, id)) {
                give(members.get(position), id);
            }
        }
        return dice.chance(75) ? open.closedAt(new End(lastEntryId, lastEntryId + 1)) : open;
    }

    private List<BookieId> ensemble() {
        List<BookieId> left = new ArrayList<>(all);
        List<BookieId> chosen = new ArrayList<>();
        while (chosen.size() < quorum.ensemble()) {
            chosen.add(left.remove(dice.below(left.size())));
        }
        return chosen;
    }

    private void breakSomething() {
        for (BookieId bookie : all) {
            if (dice.chance(20)) {
                available.remove(bookie);
            } else if (dice.chance(10)) {
                leaving.add(bookie);
            } else if (dice.chance(15)) {
                copies.removeIf(copy -> copy.bookie().equals(bookie) && dice.chance(40));
            }
        }
        for (long id = 0; id <= lastEntryId; id++) {
            long entryId = id;
            if (available.stream().noneMatch(bookie -> has(bookie, entryId))) {
                destroyed.add(id);
            }
        }
    }

    /** One that is alive forgets much of what it had, or all of it. */
    void forget() {
        BookieId bookie = all.get(dice.below(all.size()));
        available.add(bookie);
        leaving.remove(bookie);
        refilled = Optional.of(bookie);
        int percent = dice.chance(50) ? 100 : 40;
        copies.removeIf(copy -> copy.bookie().equals(bookie) && dice.chance(percent));
    }

    boolean isInLimbo(BookieId bookie) {
        return refilled.filter(bookie::equals).isPresent();
    }

    boolean has(BookieId bookie, long entryId) {
        return copies.contains(new Copy(bookie, entryId));
    }

    void give(BookieId bookie, long entryId) {
        copies.add(new Copy(bookie, entryId));
    }

    private record Copy(BookieId bookie, long entryId) {}

    CheckScope scope() {
        if (refilled.isPresent()) {
            return CheckScope.ofRefill(refilled.get());
        }
        return new CheckScope(available, leaving, Set.of(), CheckScope.ALL_PERCENT);
    }

    LedgerRepair<String> repair() {
        List<BookieId> writable = new ArrayList<>(available);
        RepairTargets targets = RepairTargets.of(new FlatPlacement(), new ClusterSnapshot(writable));
        return new LedgerRepair<>(record, lastEntryId, scope(), targets, new RepairLimits(4, 3), dice.fork());
    }

    SwapReply swap(SwapMetadata effect) {
        if (effect.expectedVersion() != record.version()) {
            return new SwapReply.Conflict();
        }
        checkChange(record.value(), effect.metadata());
        record = new Versioned<>(effect.metadata(), record.version() + 1);
        return dice.chance(10) ? new SwapReply.Unknown() : new SwapReply.Swapped(record.version());
    }

    private void checkChange(LedgerMetadata before, LedgerMetadata after) {
        assertThat(after.end()).isEqualTo(before.end());
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.fragments()).hasSameSizeAs(before.fragments());
        for (int i = 0; i < after.fragments().size(); i++) {
            Fragment was = before.fragments().get(i);
            Fragment is = after.fragments().get(i);
            assertThat(is.firstEntryId()).isEqualTo(was.firstEntryId());
            assertThat(is.ensemble()).doesNotHaveDuplicates();
            boolean last = i == after.fragments().size() - 1;
            if (last && !before.isClosed()) {
                assertThat(is).as("the last fragment of an open ledger").isEqualTo(was);
            }
            long end = last ? lastEntryId : after.fragments().get(i + 1).firstEntryId() - 1;
            for (int position = 0; position < quorum.ensemble(); position++) {
                if (!is.ensemble().get(position).equals(was.ensemble().get(position))) {
                    checkHasAll(is, position, end);
                }
            }
        }
    }

    private void checkHasAll(Fragment fragment, int position, long end) {
        BookieId member = fragment.ensemble().get(position);
        for (long id = fragment.firstEntryId(); id <= end; id++) {
            if (Striping.stores(quorum, id, position)) {
                assertThat(has(member, id))
                        .as("copies come before the metadata that name %s", member)
                        .isTrue();
            }
        }
    }

    /** After a refill that says that nothing is missing: no reader that the record sends there is told of a gap. */
    void checkRefilled() {
        List<Fragment> fragments = record.value().fragments();
        for (int i = 0; i < fragments.size(); i++) {
            boolean last = i == fragments.size() - 1;
            int position = fragments.get(i).ensemble().indexOf(refilled.orElseThrow());
            if (position >= 0) {
                assertThat(last && !record.value().isClosed())
                        .as("an open end is not known")
                        .isFalse();
                long end = last ? lastEntryId : fragments.get(i + 1).firstEntryId() - 1;
                checkHasAll(fragments.get(i), position, Math.min(end, lastEntryId));
            }
        }
    }

    /** After a repair that says that nothing is missing. */
    void checkWhole() {
        List<Fragment> fragments = record.value().fragments();
        for (int i = 0; i < fragments.size(); i++) {
            boolean last = i == fragments.size() - 1;
            if (last && !record.value().isClosed()) {
                continue;
            }
            long end = last ? lastEntryId : fragments.get(i + 1).firstEntryId() - 1;
            for (int position = 0; position < quorum.ensemble(); position++) {
                assertThat(available).contains(fragments.get(i).ensemble().get(position));
                assertThat(leaving).doesNotContain(fragments.get(i).ensemble().get(position));
                checkHasAll(fragments.get(i), position, Math.min(end, lastEntryId));
            }
        }
    }
}
