package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.request.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One ledger as its users know it. */
final class LedgerPromise {
    /** Never written. */
    private static final long NO_SUCH_ENTRY = 1_000_000;

    private enum Certainty {
        NO,
        EITHER,
        YES
    }

    final long id;
    private final Map<Long, EntryPromise> entries = new TreeMap<>();

    /** Explicit LACs that may be found: the last one promised, if one was, and what was sent later. */
    private List<byte[]> lacs = new ArrayList<>();

    private boolean lacKept;
    private boolean exists;
    private boolean fenced;
    private boolean createdByLimbo;
    private Certainty limbo = Certainty.NO;

    /** A deletion was asked for; YES once it was answered. */
    private Certainty deleted = Certainty.NO;

    /** Repair has begun to bring it back after its deletion, or a writer a new ledger of its id. */
    private boolean reviving;

    /** Its tombstone is so old that it may be forgotten: then the id is free, though nothing of its past may return. */
    private boolean forgettable;

    LedgerPromise(long id) {
        this.id = id;
    }

    LedgerPromise copy() {
        LedgerPromise copy = new LedgerPromise(id);
        entries.forEach((entryId, entry) -> copy.entries.put(entryId, entry.copy()));
        copy.lacs = new ArrayList<>(lacs);
        copy.lacKept = lacKept;
        copy.exists = exists;
        copy.fenced = fenced;
        copy.createdByLimbo = createdByLimbo;
        copy.limbo = limbo;
        copy.deleted = deleted;
        copy.reviving = reviving;
        copy.forgettable = forgettable;
        return copy;
    }

    private EntryPromise entry(long entryId) {
        return entries.computeIfAbsent(entryId, newId -> new EntryPromise("entry " + newId + " of ledger " + id));
    }

    private boolean negativeAllowed() {
        return limbo != Certainty.YES;
    }

    /** Time passes until a tombstone need not be kept. */
    void tombstoneAges() {
        forgettable |= deleted == Certainty.YES;
    }

    /** To be called when something is sent that makes a ledger whose id is free. */
    private void mayBeginAnew() {
        if (forgettable) {
            reviving = true;
            fenced = false;
        }
    }

    /** Something was accepted that only a living ledger takes. */
    private void lives() {
        if (reviving) {
            deleted = Certainty.NO;
            reviving = false;
            forgettable = false;
        }
    }

    Told add(long entryId, byte[] body, boolean deferred) {
        EntryPromise entry = entry(entryId);
        entry.sent(body, false);
        mayBeginAnew();
        boolean mustBeRefused = fenced || (deleted != Certainty.NO && !forgettable) || limbo == Certainty.YES;
        return (verdict, payload) -> {
            if (verdict == Verdict.OK) {
                if (!mustBeRefused) {
                    lives();
                }
                assertThat(mustBeRefused)
                        .as("an add to ledger %s was accepted although it is fenced, deleted or in limbo", id)
                        .isFalse();
                if (deferred) {
                    entry.buffered(body);
                } else {
                    entry.kept(body);
                    exists = true;
                }
            } else if (verdict != Verdict.IO_ERROR) {
                entry.refused(body);
            }
        };
    }

    Told recoveryAdd(long entryId, byte[] body) {
        EntryPromise entry = entry(entryId);
        entry.sent(body, true);
        reviving |= deleted == Certainty.YES;
        mayBeginAnew();
        return (verdict, payload) -> {
            if (verdict == Verdict.OK) {
                lives();
                entry.kept(body);
                exists = true;
            } else if (verdict != Verdict.IO_ERROR) {
                entry.refused(body);
            }
        };
    }

    Told fence(long entryId) {
        EntryPromise entry = entry(entryId);
        mayBeginAnew();
        return (verdict, payload) -> {
            if (saysGone(verdict)) {
                mayBeGone();
                return;
            }
            if (verdict != Verdict.IO_ERROR) {
                if (forgettable || reviving) {
                    // The record of the fence is behind the one that brings the ledger back.
                    lives();
                }
                fenced = true;
                exists |= deleted == Certainty.NO;
                entry.readWhileRunning(verdict, payload, negativeAllowed());
            }
            if (verdict == Verdict.NO_ENTRY) {
                entry.deniedByFence();
            }
        };
    }

    Told read(long entryId) {
        EntryPromise entry = entry(entryId);
        return (verdict, payload) -> {
            if (saysGone(verdict)) {
                mayBeGone();
            } else {
                entry.readWhileRunning(verdict, payload, negativeAllowed());
            }
        };
    }

    /** A ledger in limbo that is being deleted is not denied, but its entries are no longer looked for. */
    private boolean saysGone(Verdict verdict) {
        return verdict == Verdict.NO_LEDGER
                || (verdict == Verdict.UNKNOWN_LEDGER_STATE && deleted != Certainty.NO && limbo != Certainty.NO);
    }

    private void mayBeGone() {
        assertThat(exists && deleted == Certainty.NO)
                .as("ledger %s is denied", id)
                .isFalse();
    }

    Told writeLac(byte[] bytes) {
        lacs.add(bytes);
        mayBeginAnew();
        return (verdict, payload) -> {
            if (verdict == Verdict.OK) {
                lives();
                lacs = new ArrayList<>(lacs.subList(lacs.indexOf(bytes), lacs.size()));
                lacKept = true;
                exists = true;
            } else if (verdict != Verdict.IO_ERROR) {
                lacs.removeIf(sent -> sent == bytes);
            }
        };
    }

    Told force() {
        Map<EntryPromise, byte[]> covered = new HashMap<>();
        entries.values().forEach(entry -> entry.buffered().ifPresent(bytes -> covered.put(entry, bytes)));
        return (verdict, payload) -> {
            if (verdict == Verdict.OK) {
                covered.forEach(EntryPromise::forced);
                exists |= !covered.isEmpty() && deleted != Certainty.YES;
            }
        };
    }

    boolean mayBeDeleted() {
        return exists && deleted == Certainty.NO && limbo != Certainty.EITHER;
    }

    Told delete() {
        deleted = Certainty.EITHER;
        return (verdict, payload) -> {
            if (verdict == Verdict.OK) {
                becomeDeleted();
            }
        };
    }

    private void becomeDeleted() {
        deleted = Certainty.YES;
        exists = false;
        fenced = true;
        createdByLimbo = false;
        limbo = Certainty.NO;
        entries.clear();
        lacs.clear();
        lacKept = false;
    }

    boolean mayBeInLimbo() {
        return deleted == Certainty.NO && limbo != Certainty.EITHER;
    }

    Told limbo(boolean in) {
        createdByLimbo |= !exists;
        limbo = Certainty.EITHER;
        return (verdict, payload) -> {
            if (verdict == Verdict.OK) {
                limbo = in ? Certainty.YES : Certainty.NO;
                exists |= in;
                fenced |= in;
            }
        };
    }

    boolean isInLimbo() {
        return limbo == Certainty.YES;
    }

    void powerWasCut() {
        entries.values().forEach(EntryPromise::powerWasCut);
    }

    /** Compares with what the restarted bookie says, and takes what it says for promised from now on. */
    void settle(StepBookie bookie) {
        Verdict probe = bookie.readNow(id, NO_SUCH_ENTRY).verdict();
        assertThat(probe == Verdict.NO_ENTRY || probe == Verdict.NO_LEDGER || probe == Verdict.UNKNOWN_LEDGER_STATE)
                .as("ledger %s: %s", id, probe)
                .isTrue();
        if (probe == Verdict.NO_LEDGER) {
            settleGone(bookie);
            return;
        }
        assertThat(deleted == Certainty.YES && !reviving)
                .as("ledger %s came back from its grave", id)
                .isFalse();
        deleted = Certainty.NO;
        reviving = false;
        forgettable = false;
        exists = true;
        if (limbo != Certainty.EITHER) {
            assertThat(probe == Verdict.UNKNOWN_LEDGER_STATE)
                    .as("limbo of ledger %s", id)
                    .isEqualTo(limbo == Certainty.YES);
        }
        limbo = probe == Verdict.UNKNOWN_LEDGER_STATE ? Certainty.YES : Certainty.NO;
        fenced |= limbo == Certainty.YES;
        entries.forEach((entryId, entry) -> {
            StepBookie.Said said = bookie.readNow(id, entryId);
            entry.settle(said.verdict(), said.payload(), negativeAllowed());
        });
        if (limbo == Certainty.NO) {
            settleList(bookie);
            settleLac(bookie);
        }
        checkFenceAndKey(bookie);
    }

    private void settleGone(StepBookie bookie) {
        mayBeGone();
        entries.forEach((entryId, entry) -> {
            StepBookie.Said said = bookie.readNow(id, entryId);
            assertThat(said.verdict())
                    .as("entry %s of a ledger that is not there", entryId)
                    .isEqualTo(Verdict.NO_LEDGER);
        });
        if (deleted == Certainty.EITHER || reviving) {
            becomeDeleted();
            reviving = false;
        }
        // Nothing of it was promised, and nothing of it may come back.
        entries.clear();
        lacs.clear();
        limbo = Certainty.NO;
        createdByLimbo = false;
        if (deleted == Certainty.YES && !forgettable) {
            checkFenceAndKey(bookie);
        }
    }

    private void settleList(StepBookie bookie) {
        Set<Long> expected = new HashSet<>();
        entries.forEach((entryId, entry) -> {
            if (entry.isKept()) {
                expected.add(entryId);
            }
        });
        Set<Long> listed = new HashSet<>();
        for (long entryId : bookie.listNow(id).orElseThrow()) {
            listed.add(entryId);
        }
        assertThat(listed).as("list of ledger %s", id).isEqualTo(expected);
        if (!expected.isEmpty()) {
            long last = expected.stream().mapToLong(Long::longValue).max().orElseThrow();
            assertThat(bookie.lastLacNow(id)).as("known LAC of ledger %s", id).isGreaterThanOrEqualTo(last - 1);
        }
    }

    private void settleLac(StepBookie bookie) {
        Optional<byte[]> found = bookie.explicitLacNow(id);
        assertThat(lacKept && found.isEmpty())
                .as("the explicit LAC of ledger %s is lost", id)
                .isFalse();
        if (found.isEmpty()) {
            lacs.clear();
            return;
        }
        Optional<byte[]> sent =
                lacs.stream().filter(lac -> Arrays.equals(lac, found.get())).findFirst();
        assertThat(sent).as("the explicit LAC of ledger %s was never sent", id).isPresent();
        lacs = new ArrayList<>(List.of(sent.get()));
        lacKept = true;
    }

    /** Both are refused, so that the question changes nothing. */
    private void checkFenceAndKey(StepBookie bookie) {
        byte[] body = StepBookie.body(id, NO_SUCH_ENTRY, 8, 0);
        if (fenced) {
            assertThat(bookie.addNow(id, NO_SUCH_ENTRY, StepBookie.KEY, body, false))
                    .as("the fence of ledger %s", id)
                    .isEqualTo(Optional.of(Verdict.FENCED));
        }
        if (exists && !createdByLimbo) {
            assertThat(bookie.addNow(id, NO_SUCH_ENTRY, new byte[] {1, 2, 3}, body, true))
                    .as("the key of ledger %s", id)
                    .isEqualTo(Optional.of(Verdict.UNAUTHORIZED));
        }
    }

    /** Rot may have hit it: unknown is right too, wrong bytes, false negatives and a lost fence are not. */
    void checkDamaged(StepBookie bookie, Set<Long> mayBeMissing) {
        entries.forEach((entryId, entry) -> {
            StepBookie.Said said = bookie.readNow(id, entryId);
            assertThat(deleted == Certainty.YES && said.verdict() == Verdict.OK)
                    .as("entry %s of ledger %s came back", entryId, id)
                    .isFalse();
            entry.checkDamaged(said.verdict(), said.payload(), mayBeMissing.contains(entryId));
        });
        if (fenced) {
            byte[] body = StepBookie.body(id, NO_SUCH_ENTRY, 8, 0);
            assertThat(bookie.addNow(id, NO_SUCH_ENTRY, StepBookie.KEY, body, false))
                    .as("the fence of ledger %s", id)
                    .isNotEmpty()
                    .isNotEqualTo(Optional.of(Verdict.OK));
        }
    }
}
