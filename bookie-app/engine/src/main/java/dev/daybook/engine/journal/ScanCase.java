package dev.daybook.engine.journal;

import dev.daybook.engine.rule.Tri;
import java.util.List;

/**
 * How one position of a journal is judged. The rows cover every combination of facts exactly once; a torn write is told
 * from rot by what was known to be synced, never by a guess about the bytes.
 */
public record ScanCase(
        String name, Tri header, Tri length, Tri checksum, Tri lastFile, Tri knownSynced, Action action) {
    /** What the scan does. */
    public enum Action {
        /** Apply the record and go on behind it. */
        REPLAY,
        /** The journal ends here. What follows was never synced, so nothing of it was acknowledged as durable. */
        TRUNCATE,
        /** Durable facts are damaged. Going on would deny what this bookie has promised. */
        REFUSE_TO_START
    }

    public static final List<ScanCase> ALL = List.of(
            row("record", Tri.YES, Tri.YES, Tri.YES, Tri.ANY, Tri.ANY, Action.REPLAY),
            row("torn or empty tail, length", Tri.YES, Tri.NO, Tri.ANY, Tri.YES, Tri.NO, Action.TRUNCATE),
            row("torn tail, body", Tri.YES, Tri.YES, Tri.NO, Tri.YES, Tri.NO, Action.TRUNCATE),
            row("torn creation, header", Tri.NO, Tri.ANY, Tri.ANY, Tri.YES, Tri.NO, Action.TRUNCATE),
            row("rot, length", Tri.YES, Tri.NO, Tri.ANY, Tri.YES, Tri.YES, Action.REFUSE_TO_START),
            row("rot, body", Tri.YES, Tri.YES, Tri.NO, Tri.YES, Tri.YES, Action.REFUSE_TO_START),
            row("rot, header", Tri.NO, Tri.ANY, Tri.ANY, Tri.YES, Tri.YES, Action.REFUSE_TO_START),
            row("damaged length in a finished file", Tri.YES, Tri.NO, Tri.ANY, Tri.NO, Tri.ANY, Action.REFUSE_TO_START),
            row("damaged body in a finished file", Tri.YES, Tri.YES, Tri.NO, Tri.NO, Tri.ANY, Action.REFUSE_TO_START),
            row(
                    "damaged header in a finished file",
                    Tri.NO,
                    Tri.ANY,
                    Tri.ANY,
                    Tri.NO,
                    Tri.ANY,
                    Action.REFUSE_TO_START));

    /** The one row that fits. */
    public static ScanCase of(ScanFacts facts) {
        for (ScanCase row : ALL) {
            if (row.matches(facts)) {
                return row;
            }
        }
        throw new IllegalStateException("the journal scan table has no row for " + facts);
    }

    public boolean matches(ScanFacts facts) {
        return header.matches(facts.headerValid())
                && length.matches(facts.lengthPlausible())
                && checksum.matches(facts.checksumValid())
                && lastFile.matches(facts.lastFile())
                && knownSynced.matches(facts.knownSynced());
    }

    private static ScanCase row(
            String name, Tri header, Tri length, Tri checksum, Tri lastFile, Tri knownSynced, Action action) {
        return new ScanCase(name, header, length, checksum, lastFile, knownSynced, action);
    }
}
