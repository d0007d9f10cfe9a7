package dev.daybook.core.health;

/** A replica by its ensemble position. Lower ranks are asked first; within a rank nothing speaks for either. */
public record RankedPosition(int position, Rank rank) {
    /** Source: client protocol specification, section 10.4. In the order of asking. */
    public enum Rank {
        SOUND,
        /** Sound, in another region than the reader. */
        REMOTE,
        /** Failed a request lately. */
        DOUBTFUL,
        /** Serves reads only: it may be short of something. */
        READ_ONLY,
        /** Answers much later than others do, or its socket is full. */
        SLOW,
        /** Not registered. */
        UNAVAILABLE
    }
}
