package dev.daybook.engine.compaction;

/**
 * Holds compaction back while the disk of a directory is nearly full: first the major kind, then the minor one. What was
 * held goes on only clearly below the share at which it was held, so that it does not flap.
 */
public final class DiskBrake {
    /**
     * Used shares of the disk, 0 to 1.
     *
     * @param warn the major kind is held from here on
     * @param full the minor kind is held from here on
     * @param resume the minor kind goes on below; its distance to {@code full} holds for the major kind, too
     */
    public record Shares(double warn, double full, double resume) {}

    private final Shares shares;
    private boolean holdsMajor;
    private boolean holdsMinor;

    public DiskBrake(Shares shares) {
        this.shares = shares;
    }

    /** @param usedShare as the disk was last seen */
    public void onUsage(double usedShare) {
        double gap = shares.full() - shares.resume();
        holdsMajor = usedShare >= (holdsMajor ? shares.warn() - gap : shares.warn());
        holdsMinor = usedShare >= (holdsMinor ? shares.resume() : shares.full());
    }

    boolean holds(CompactionKind kind) {
        return kind == CompactionKind.MINOR ? holdsMinor : holdsMajor || holdsMinor;
    }

    /** The directory takes no entries until there is space. */
    public boolean isFull() {
        return holdsMinor;
    }
}
