package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.engine.request.Answer;
import dev.daybook.engine.request.Verdict;
import dev.daybook.storage.memtable.EntryBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a bookie was asked and what it has promised; compared with what it says after a restart. */
final class Promises {
    /** One ledger as its users know it. */
    private static final class Ledger {
        /** All bodies that were ever sent, per entry. */
        final Map<Long, List<byte[]>> sent = new TreeMap<>();

        /** Bodies of acknowledged entries. */
        final Map<Long, byte[]> kept = new TreeMap<>();

        /** Acknowledged by deferred sync, to be kept from the next answered force on. */
        final Map<Long, byte[]> deferred = new TreeMap<>();

        /** Explicit LACs sent since the last answered one, which is the first. */
        final List<byte[]> lacs = new ArrayList<>();

        boolean fenced;
        boolean lacAnswered;
        boolean deleteAsked;
        boolean deleted;
    }

    private final Map<Long, Ledger> ledgers = new HashMap<>();

    private Ledger ledger(long ledgerId) {
        return ledgers.computeIfAbsent(ledgerId, id -> new Ledger());
    }

    Set<Long> ledgerIds() {
        return ledgers.keySet();
    }

    Ticket add(long ledgerId, long entryId, byte[] body, boolean deferred) {
        Ledger ledger = ledger(ledgerId);
        ledger.sent.computeIfAbsent(entryId, id -> new ArrayList<>()).add(body);
        boolean mustBeRefused = ledger.fenced;
        return answer -> {
            if (answer.verdict() == Verdict.OK) {
                (deferred ? ledger.deferred : ledger.kept).put(entryId, body);
            }
            assertThat(mustBeRefused && answer.verdict() == Verdict.OK && !deferred)
                    .as("an add to ledger %s, which is fenced, was accepted", ledgerId)
                    .isFalse();
        };
    }

    Ticket recoveryAdd(long ledgerId, long entryId, byte[] body) {
        Ledger ledger = ledger(ledgerId);
        ledger.sent.computeIfAbsent(entryId, id -> new ArrayList<>()).add(body);
        boolean revives = ledger.deleted;
        if (revives) {
            ledger.deleted = false; // Until the answer, it may be either.
        }
        return answer -> {
            if (answer.verdict() == Verdict.OK) {
                if (revives) {
                    ledger.deleteAsked = false;
                }
                ledger.kept.put(entryId, body);
            }
        };
    }

    Ticket fence(long ledgerId) {
        Ledger ledger = ledger(ledgerId);
        return answer -> {
            if (answer.verdict() == Verdict.OK || answer.verdict() == Verdict.NO_ENTRY) {
                ledger.fenced = true;
            }
        };
    }

    Ticket writeLac(long ledgerId, byte[] bytes) {
        Ledger ledger = ledger(ledgerId);
        ledger.lacs.add(bytes);
        return answer -> {
            if (answer.verdict() == Verdict.OK && !ledger.deleted) {
                while (ledger.lacs.get(0) != bytes) {
                    ledger.lacs.remove(0);
                }
                ledger.lacAnswered = true;
            }
        };
    }

    Ticket force(long ledgerId) {
        Ledger ledger = ledger(ledgerId);
        Map<Long, byte[]> covered = new HashMap<>(ledger.deferred);
        return answer -> {
            if (answer.verdict() == Verdict.OK) {
                ledger.kept.putAll(covered);
            }
        };
    }

    Ticket delete(long ledgerId) {
        Ledger ledger = ledger(ledgerId);
        ledger.deleteAsked = true;
        // A ledger that a crash has taken, because nothing of it was promised, leaves no tombstone.
        boolean exists = !ledger.kept.isEmpty() || ledger.lacAnswered;
        return answer -> {
            if (answer.verdict() == Verdict.OK) {
                ledger.deleted = exists;
                ledger.fenced |= exists;
                ledger.kept.clear();
                ledger.deferred.clear();
                ledger.lacs.clear();
                ledger.lacAnswered = false;
            }
        };
    }

    /** What was acknowledged before a sync, and not forced, may be gone. */
    void powerWasCut() {
        ledgers.values().forEach(ledger -> ledger.deferred.clear());
    }

    /** Deletes are only asked for ledgers that exist, as far as their users know. */
    boolean mayBeDeleted(long ledgerId) {
        Ledger ledger = ledgers.get(ledgerId);
        return ledger != null && !ledger.deleteAsked;
    }

    /** @param allowUnknown after damage, "I do not know" is right as well */
    void check(StepBookie bookie, boolean allowUnknown) {
        ledgers.forEach((ledgerId, ledger) -> {
            checkEntries(bookie, ledgerId, ledger, allowUnknown);
            if (!allowUnknown) {
                checkList(bookie, ledgerId, ledger);
                checkLac(bookie, ledgerId, ledger);
            }
        });
        ledgers.forEach((ledgerId, ledger) -> checkFence(bookie, ledgerId, ledger));
    }

    private static void checkEntries(StepBookie bookie, long ledgerId, Ledger ledger, boolean allowUnknown) {
        ledger.sent.forEach((entryId, bodies) -> {
            Answer.Entry<EntryBytes> answer = bookie.readNow(ledgerId, entryId);
            String what = "entry " + entryId + " of ledger " + ledgerId;
            if (answer.verdict() == Verdict.OK) {
                assertThat(bodies)
                        .as(what + " has bytes that nobody sent")
                        .contains(StepBookie.bytesOf(answer.payload().orElseThrow()));
                assertThat(ledger.deleted)
                        .as(what + " came back from its grave")
                        .isFalse();
                return;
            }
            if (allowUnknown && answer.verdict() == Verdict.IO_ERROR) {
                return;
            }
            assertThat(answer.verdict().isExplicitNegative())
                    .as(what + ": " + answer.verdict())
                    .isTrue();
            boolean promised = ledger.kept.containsKey(entryId) && !ledger.deleteAsked;
            assertThat(promised)
                    .as(what + " was acknowledged and is denied with " + answer.verdict())
                    .isFalse();
        });
    }

    private static void checkList(StepBookie bookie, long ledgerId, Ledger ledger) {
        if (ledger.deleteAsked || ledger.kept.isEmpty()) {
            return;
        }
        Answer.EntryList<EntryBytes> answer = bookie.listNow(ledgerId);
        Set<Long> listed = new HashSet<>();
        for (long entryId : answer.entryIds().orElseThrow()) {
            listed.add(entryId);
        }
        assertThat(listed).as("list of ledger " + ledgerId).containsAll(ledger.kept.keySet());
        long last = bookie.readNow(ledgerId, -1).maxLac().orElseThrow();
        assertThat(last).as("known LAC of ledger " + ledgerId).isGreaterThanOrEqualTo(maxKey(ledger.kept) - 1);
    }

    private static long maxKey(Map<Long, byte[]> entries) {
        return entries.keySet().stream().mapToLong(Long::longValue).max().orElse(-1);
    }

    private static void checkLac(StepBookie bookie, long ledgerId, Ledger ledger) {
        if (ledger.deleteAsked || !ledger.lacAnswered) {
            return;
        }
        Answer.Lac<EntryBytes> answer = bookie.readLacNow(ledgerId);
        Optional<byte[]> lac = answer.explicitLac();
        assertThat(lac).as("explicit LAC of ledger " + ledgerId).isPresent();
        assertThat(ledger.lacs).contains(lac.get());
    }

    private static void checkFence(StepBookie bookie, long ledgerId, Ledger ledger) {
        byte[] body = StepBookie.body(ledgerId, 1_000_000, 8, 0);
        if (ledger.fenced) {
            List<Verdict> verdicts = new ArrayList<>();
            bookie.add(ledgerId, 1_000_000, body, false, false, answer -> verdicts.add(answer.verdict()));
            assertThat(verdicts).as("the fence of ledger " + ledgerId).containsExactly(Verdict.FENCED);
        }
        if (!ledger.kept.isEmpty() && !ledger.deleteAsked) {
            List<Verdict> verdicts = new ArrayList<>();
            byte[] otherKey = new byte[] {1, 2, 3};
            bookie.addWithKey(
                    ledgerId, 1_000_000, otherKey, body, true, false, answer -> verdicts.add(answer.verdict()));
            assertThat(verdicts).as("the key of ledger " + ledgerId).containsExactly(Verdict.UNAUTHORIZED);
        }
    }
}
