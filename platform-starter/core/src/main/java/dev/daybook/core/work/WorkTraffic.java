package dev.daybook.core.work;

/** Performs every effect of a {@link RepairAgenda}. Each is answered exactly once, unless it is abandoned before. */
public interface WorkTraffic {
    void takeLedger(TakeLedger effect);

    void repairLedger(RepairLedger effect);

    void recoverLedger(RecoverLedger effect);

    void unmarkLedger(UnmarkLedger effect);

    void releaseLedger(ReleaseLedger effect);

    void abandonRepair(AbandonRepair effect);
}
