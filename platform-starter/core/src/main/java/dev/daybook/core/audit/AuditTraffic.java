package dev.daybook.core.audit;

/** Performs every effect of an {@link Auditor}. */
public interface AuditTraffic {
    /** Answered by {@link Auditor#onSearched}, exactly once. */
    void beginSearch(BeginSearch effect);

    /** Answered by {@link Auditor#onTimer}, unless cancelled. A new timer of the same kind replaces the old one. */
    void startTimer(StartTimer effect);

    void cancelTimer(CancelTimer effect);

    /** For whoever counts. */
    void lossNoticed(LossNoticed effect);
}
