package dev.daybook.core.job;

/** How far a job is. */
public enum JobState {
    /** Nobody has begun. */
    PLANNED,
    RUNNING,
    /** Everything was moved. */
    DONE,
    /** Everything that can be moved was; what could not be is named. */
    BLOCKED,
    CANCELLED,
    /** It could not be carried out at all. */
    FAILED;

    /** Nothing follows. */
    public boolean isEnd() {
        return this != PLANNED && this != RUNNING;
    }
}
