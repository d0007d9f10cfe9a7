package dev.daybook.simulator.run;

/**
 * A run in which a rule was broken.
 *
 * @param rule its number, or the kind of error that ended the run
 * @param ledgerId that it concerns, or -1
 */
public record Failure(Script script, String rule, long ledgerId, String message, Throwable cause) {}
