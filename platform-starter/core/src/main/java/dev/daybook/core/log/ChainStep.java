package dev.daybook.core.log;

/** What a wish to change a chain comes to. */
public sealed interface ChainStep {
    /** The chain to store if nobody changes it meanwhile. */
    record Change(LogChain next) implements ChainStep {}

    /** The chain is already so, for instance because an earlier attempt succeeded whose answer was lost. */
    record Settled(LogChain present) implements ChainStep {}

    /** The wish must be given up. */
    record Refused(Refusal refusal, LogChain present) implements ChainStep {}

    /** Why. */
    enum Refusal {
        /** Another writer has taken over. */
        DEPOSED,
        /** The log is being deleted. */
        DELETED,
        /** The chain has as many segments as its record can hold. */
        FULL,
        /** The position lies behind the end of the log. */
        BEYOND_END
    }
}
