package dev.daybook.simulator.world;

/** Something is not as it must be. An error, so that nothing under test handles it. */
public final class BrokenRule extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** For a rule that concerns no single ledger. */
    public static final long NO_LEDGER = -1;

    private final String rule;
    private final long ledgerId;

    /** @param rule its number, for instance I5 */
    public BrokenRule(String rule, long ledgerId, String text) {
        super(rule + ": " + text);
        this.rule = rule;
        this.ledgerId = ledgerId;
    }

    public static void require(boolean holds, String rule, long ledgerId, String text) {
        if (!holds) {
            throw new BrokenRule(rule, ledgerId, text);
        }
    }

    public String rule() {
        return rule;
    }

    public long ledgerId() {
        return ledgerId;
    }
}
