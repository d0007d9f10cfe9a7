package dev.daybook.simulator.check;

import static dev.daybook.simulator.world.BrokenRule.require;

import dev.daybook.client.meta.repair.RepairPlace;
import dev.daybook.core.quorum.Striping;
import dev.daybook.protocol.format.UnderReplicationFormat;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.simulator.meta.MetadataService;
import dev.daybook.simulator.meta.RecordWatch;
import dev.daybook.simulator.meta.RepairWatch;
import dev.daybook.simulator.world.World;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must be true of auditors, workers and garbage collectors after every event. */
public final class RepairTruth implements RepairWatch, RecordWatch {
    private static final Set<RepairPlace.Single> OF_AUDITORS = EnumSet.of(
            RepairPlace.Single.COPIES_CHECKED,
            RepairPlace.Single.PLACEMENT_CHECKED,
            RepairPlace.Single.REPLICAS_COUNTED);

    private final World world;
    private final Truth truth;
    private final MetadataService metadata;
    private final Absences absences;
    private final long graceTicks;

    /** Processes that copy, by the names of their lives. */
    private final Set<String> repairers = new HashSet<>();

    /** When a process looked at a ledger for the first time. */
    private final Map<String, Long> firstLook = new HashMap<>();

    private final Map<LedgerId, Set<BookieId>> marked = new HashMap<>();

    /**
     * @param graceTicks which every writer of an open ledger has
     * @param delayTicks which every lost bookie has
     */
    public RepairTruth(World world, Truth truth, MetadataService metadata, long graceTicks, long delayTicks) {
        this.world = world;
        this.truth = truth;
        this.metadata = metadata;
        this.graceTicks = graceTicks;
        this.absences = new Absences(world, delayTicks);
    }

    @Override
    public void onRegistration(BookieId bookie, boolean there) {
        absences.onRegistration(bookie, there);
    }

    /** I15 and M5. */
    @Override
    public void onWritten(RepairPlace place, byte[] bytes, String process, boolean inOffice) {
        if (place instanceof RepairPlace.Single single && !OF_AUDITORS.contains(single)) {
            return;
        }
        long ledgerId = place instanceof RepairPlace.Mark mark ? mark.ledger().value() : -1;
        require(inOffice, "I15", ledgerId, process + " wrote " + place + " although it was not the auditor");
        if (place instanceof RepairPlace.Mark mark) {
            world.saw("sometimes: ledger marked");
            Set<BookieId> named =
                    Set.copyOf(UnderReplicationFormat.parseMark(bytes).missing());
            Set<BookieId> before = marked.getOrDefault(mark.ledger(), Set.of());
            for (BookieId bookie : named) {
                boolean lacking = truth.bookie(bookie).isDestroyed()
                        || truth.bookie(bookie).hasFailedToRead(ledgerId);
                require(
                        before.contains(bookie) || lacking || absences.wereLongEnough(bookie),
                        "M5",
                        ledgerId,
                        bookie + " was marked as lost although it is there, or was away for a short time only");
            }
            marked.put(mark.ledger(), named);
        }
    }

    /** M4. */
    @Override
    public void onUnmarked(LedgerId ledger, byte[] bytes, String process, boolean seen) {
        world.saw("sometimes: mark removed");
        marked.remove(ledger);
        require(seen, "M4", ledger.value(), process + " removed a mark that it had not seen");
    }

    /** M3: the lock was this process's once; it may have ended with the session. */
    public void onRepairBegun(long ledgerId, String process) {
        repairers.add(process);
        firstLook.putIfAbsent(process + "/" + ledgerId, world.now());
        require(
                metadata.desk().wasLockedBy(ledgerId, process),
                "M3",
                ledgerId,
                process + " repairs without having the lock");
        if (metadata.desk().lockedBy(ledgerId).filter(process::equals).isEmpty()) {
            world.saw("sometimes: repair whose lock is lost");
        }
    }

    /** M6. */
    public void onRecoveryBegun(long ledgerId, String process) {
        world.saw("sometimes: open ledger closed for repair");
        long since = world.now() - firstLook.getOrDefault(process + "/" + ledgerId, world.now());
        require(
                since >= graceTicks,
                "M6",
                ledgerId,
                process + " closes the ledger after " + since + " of " + graceTicks + " ticks of grace");
    }

    /** M1: what is not confirmed may still be cut off. */
    public void onCopySent(long ledgerId, long entryId, BookieId target) {
        require(
                entryId <= truth.committed(ledgerId) || truth.isDeleted(ledgerId),
                "M1",
                ledgerId,
                "entry " + entryId + " was copied to " + target + " before it was confirmed");
    }

    /** M2. */
    @Override
    public void onStored(long ledgerId, Optional<LedgerMetadata> before, LedgerMetadata after, String process) {
        boolean byRepair = before.isPresent()
                && repairers.contains(process)
                && before.get().state() == after.state();
        for (int i = 0; byRepair && i < after.fragments().size(); i++) {
            world.saw("sometimes: members replaced by a repair");
            checkNewMembers(ledgerId, before.orElseThrow().fragments().get(i), after, i);
        }
    }

    private void checkNewMembers(long ledgerId, Fragment old, LedgerMetadata after, int index) {
        Fragment fragment = after.fragments().get(index);
        boolean last = index == after.fragments().size() - 1;
        long end = last
                ? after.end().map(LedgerMetadata.End::lastEntryId).orElse(-1L)
                : after.fragments().get(index + 1).firstEntryId() - 1;
        for (long entryId = fragment.firstEntryId(); entryId <= end; entryId++) {
            for (int position : Striping.writeSet(after.quorum(), entryId)) {
                BookieId member = fragment.ensemble().get(position);
                boolean added = !member.equals(old.ensemble().get(position));
                require(
                        !added
                                || truth.bookie(member).holds(ledgerId, entryId)
                                || truth.bookie(member).isDestroyed(),
                        "M2",
                        ledgerId,
                        member + " became a member without its copy of entry " + entryId);
            }
        }
    }

    @Override
    public void onDeleted(long ledgerId) {
        // Whoever repairs it finds that out.
    }

    /** I11: a bookie has dropped what it had of a ledger. */
    public void onDropped(BookieId bookie, long ledgerId, boolean elsewhere) {
        world.saw(elsewhere ? "sometimes: surplus copies dropped" : "sometimes: tombstone");
        Optional<LedgerMetadata> record = metadata.stored(ledgerId);
        boolean surplus = record.isEmpty()
                || (record.get().isClosed() && !membersOf(record.get()).contains(bookie));
        require(
                surplus,
                "I11",
                ledgerId,
                bookie + " dropped its copies although the record is "
                        + record.map(MetadataService::show).orElse("gone"));
        truth.bookie(bookie).onDeleted(ledgerId);
    }

    static Set<BookieId> membersOf(LedgerMetadata record) {
        Set<BookieId> members = new HashSet<>();
        for (List<BookieId> ensemble :
                record.fragments().stream().map(Fragment::ensemble).toList()) {
            members.addAll(ensemble);
        }
        return members;
    }
}
