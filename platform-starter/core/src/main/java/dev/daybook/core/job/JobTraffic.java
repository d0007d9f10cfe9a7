package dev.daybook.core.job;

/** Performs every effect of a {@link JobCourse}. */
public interface JobTraffic {
    void beginPass(BeginPass effect);

    void stopPass(StopPass effect);

    void holdReadOnly(HoldReadOnly effect);

    void removeCookie(RemoveCookie effect);

    /** Comes once, as the last. */
    void endJob(EndJob effect);
}
