package dev.daybook.core.health;

import dev.daybook.protocol.model.BookieId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Forms an opinion of each bookie from how it answers. Two uses: the order in which replicas are asked, and which
 * bookies new ensembles do without for a while (quarantine). Neither is a judgement: nobody is left out who is needed.
 *
 * <p>A bookie that cannot be reached is quarantined at once, because its registration outlives it by a session timeout;
 * one that answers badly, after some failures in a row. It gets out when its time is over or when it has answered well
 * several times in a row; the next time is twice as long until a whole {@link HealthLimits#memoryNanos} passes without a
 * failure.
 *
 * <p>Not thread-safe: one loop owns it. All times are nanoseconds of one monotonic clock, given by the caller.
 */
public final class FaultDetector {
    /** Weight of the newest latency in the smoothed one: 1/8, as TCP does it. */
    private static final int SMOOTHING = 8;

    private final HealthLimits limits;
    private final Map<BookieId, Patient> patients = new HashMap<>();
    /** How many are held something against, so that good answers cost nothing in good times. */
    private int suspects;

    private boolean changed;

    public FaultDetector(HealthLimits limits) {
        this.limits = limits;
    }

    /** It answered as a healthy bookie does. */
    public void onAnswer(BookieId bookie) {
        if (suspects > 0) {
            Patient patient = patients.get(bookie);
            if (patient != null && isSuspect(patient)) {
                recover(patient);
            }
        }
    }

    private void recover(Patient patient) {
        patient.failed = false;
        patient.failuresInRow = 0;
        patient.answersInRow++;
        if (patient.quarantined && patient.answersInRow >= limits.proofs()) {
            patient.quarantined = false;
            patient.releaseNanos = patient.failedNanos;
            changed = true;
        }
        recount();
    }

    /** How long it took to answer the read of one entry. */
    public void onLatency(BookieId bookie, long latencyNanos, long nowNanos) {
        Patient patient = patient(bookie);
        boolean stale = patient.latencyNanos == 0 || nowNanos - patient.measuredNanos > limits.memoryNanos();
        patient.latencyNanos =
                stale ? latencyNanos : patient.latencyNanos + (latencyNanos - patient.latencyNanos) / SMOOTHING;
        patient.measuredNanos = nowNanos;
    }

    /** Another replica that was asked later answered before it. */
    public void onSlow(BookieId bookie, long nowNanos) {
        Patient patient = patient(bookie);
        patient.slow = true;
        patient.slowNanos = nowNanos;
    }

    /** It answered that it cannot, or not in time, or wrongly. */
    public void onFailure(BookieId bookie, long nowNanos) {
        Patient patient = fail(bookie, nowNanos);
        if (patient.failuresInRow >= limits.failuresInRow()) {
            quarantine(patient, nowNanos);
        }
        recount();
    }

    /** It refuses for now, for want of room. No illness: sending it away would only move the load. */
    public void onRefusal(BookieId bookie, long nowNanos) {
        Patient patient = patient(bookie);
        patient.failed = true;
        patient.failedNanos = nowNanos;
        recount();
    }

    /** No connection, or it was lost; also on the word of another owner of connections to it. */
    public void onUnreachable(BookieId bookie, long nowNanos) {
        quarantine(fail(bookie, nowNanos), nowNanos);
        recount();
    }

    private Patient fail(BookieId bookie, long nowNanos) {
        Patient patient = patient(bookie);
        if (!patient.quarantined
                && nowNanos - Math.max(patient.failedNanos, patient.releaseNanos) > limits.memoryNanos()) {
            patient.nextQuarantineNanos = 0;
        }
        patient.failed = true;
        patient.failedNanos = nowNanos;
        patient.failuresInRow++;
        patient.answersInRow = 0;
        return patient;
    }

    private void quarantine(Patient patient, long nowNanos) {
        boolean serving = patient.quarantined && nowNanos - patient.releaseNanos < 0;
        if (serving || limits.quarantineNanos() == 0) {
            return; // One illness: requests that were under way fail one after the other.
        }
        long first = limits.quarantineNanos();
        long time = Math.max(first, patient.nextQuarantineNanos);
        patient.quarantined = true;
        patient.releaseNanos = nowNanos + time;
        patient.nextQuarantineNanos = Math.min(2 * time, limits.quarantineMaxNanos());
        changed = true;
    }

    /** Who is to be left alone now. Forgets those whose time is over: they have to fail again to come back. */
    public Set<BookieId> quarantined(long nowNanos) {
        Set<BookieId> ill = new TreeSet<>();
        patients.forEach((bookie, patient) -> {
            if (patient.quarantined && nowNanos - patient.releaseNanos >= 0) {
                patient.quarantined = false;
                patient.failuresInRow = 0;
            }
            if (patient.quarantined) {
                ill.add(bookie);
            }
        });
        recount();
        changed = false;
        return ill;
    }

    /** True if {@link #quarantined} would say something else than the last time, apart from the passing of time. */
    public boolean hasChanged() {
        return changed;
    }

    /** When the next bookie's time is over. */
    public OptionalLong nextReleaseNanos() {
        return patients.values().stream()
                .filter(patient -> patient.quarantined)
                .mapToLong(patient -> patient.releaseNanos)
                .min();
    }

    public boolean isDoubtful(BookieId bookie, long nowNanos) {
        Patient patient = patients.get(bookie);
        if (patient == null) {
            return false;
        }
        boolean failedLately = patient.failed && nowNanos - patient.failedNanos < limits.memoryNanos();
        return patient.quarantined || failedLately;
    }

    /** Compared with the others that hold the same entry. */
    public boolean isSlow(BookieId bookie, Collection<BookieId> others, long nowNanos) {
        Patient patient = patients.get(bookie);
        if (patient == null) {
            return false;
        }
        if (patient.slow && nowNanos - patient.slowNanos < limits.memoryNanos()) {
            return true;
        }
        long latency = latencyNanos(bookie, nowNanos);
        if (latency <= limits.slowMarginNanos()) {
            return false;
        }
        for (BookieId other : others) {
            long better = latencyNanos(other, nowNanos);
            if (better > 0 && latency - better > limits.slowMarginNanos() && latency / limits.slowFactor() > better) {
                return true;
            }
        }
        return false;
    }

    /** Smoothed over the recent reads; 0 if there were none. */
    public long latencyNanos(BookieId bookie, long nowNanos) {
        Patient patient = patients.get(bookie);
        return patient == null || nowNanos - patient.measuredNanos > limits.memoryNanos() ? 0 : patient.latencyNanos;
    }

    private Patient patient(BookieId bookie) {
        return patients.computeIfAbsent(bookie, id -> new Patient());
    }

    private static boolean isSuspect(Patient patient) {
        return patient.failed || patient.failuresInRow > 0 || patient.quarantined;
    }

    private void recount() {
        suspects = (int)
                patients.values().stream().filter(FaultDetector::isSuspect).count();
    }
}
