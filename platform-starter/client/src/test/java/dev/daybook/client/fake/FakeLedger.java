package dev.daybook.client.fake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a fake bookie keeps of one ledger. */
final class FakeLedger {
    private final byte[] masterKey;
    final TreeMap<Long, byte[]> entries = new TreeMap<>();
    /** Acknowledged and only in memory; lost in a power cut. */
    final Set<Long> unsynced = new HashSet<>();

    final List<Runnable> polls = new ArrayList<>();
    boolean fenced;
    long lac = -1;
    Optional<byte[]> explicitLac = Optional.empty();

    FakeLedger(byte[] masterKey) {
        this.masterKey = masterKey.clone();
    }

    boolean accepts(byte[] key) {
        return Arrays.equals(masterKey, key);
    }

    void raiseLac(long seen) {
        if (seen > lac) {
            lac = seen;
            wake();
        }
    }

    void fence() {
        fenced = true;
        wake();
    }

    private void wake() {
        List<Runnable> waiting = List.copyOf(polls);
        polls.clear();
        waiting.forEach(Runnable::run);
    }
}
