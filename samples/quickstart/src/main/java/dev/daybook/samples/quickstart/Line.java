package dev.daybook.samples.quickstart;

/** What comes next in a text. */
sealed interface Line {
    /** The bytes of a line with its line feed, which only the last one may lack. */
    record Whole(byte[] bytes) implements Line {}

    /** A line that was read to its end but not kept. */
    record TooLong(long bytes) implements Line {}

    record End() implements Line {}
}
