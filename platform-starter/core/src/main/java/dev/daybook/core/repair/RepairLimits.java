package dev.daybook.core.repair;

/**
 * How much of one repair is under way at once.
 *
 * @param probes questions of a check without an answer, at most
 * @param entries entries being copied, at most
 */
public record RepairLimits(int probes, int entries) {
    public RepairLimits {
        if (probes < 1 || entries < 1) {
            throw new IllegalArgumentException("a repair needs room for one probe and one entry at least");
        }
    }
}
