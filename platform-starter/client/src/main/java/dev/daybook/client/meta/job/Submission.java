package dev.daybook.client.meta.job;

import dev.daybook.core.job.Job;

/** What becomes of an order. */
public sealed interface Submission {
    /** It is stored, so that it will be carried out. */
    record Accepted(Job job) implements Submission {}

    /** @param why one sentence for a person */
    record Refused(String why) implements Submission {}
}
