package dev.daybook.core.job;

/**
 * What a job would do.
 *
 * @param ledgers to be moved
 * @param open how many of them are still written on the bookie that is emptied, and have to wait for their writer
 * @param bytes to be copied, about
 * @param foreseen ledgers that cannot be moved as things are
 * @param refusal why it is not begun, one sentence; empty if nothing speaks against it
 */
public record JobPlan(JobOrder order, long ledgers, long open, long bytes, Blockers foreseen, String refusal) {
    /** Of moves that were chosen one by one. */
    public static JobPlan of(JobOrder.Rebalance order) {
        long bytes = order.moves().stream().mapToLong(Move::bytes).sum();
        return new JobPlan(order, order.moves().size(), 0, bytes, Blockers.NONE, "");
    }
}
