package dev.daybook.server.identity;

import java.util.List;

/**
 * The decision of metadata specification 8.3 as a table: exactly one row fits any {@link CookieFacts}, which a test
 * proves over all of them.
 */
final class CookieTable {
    /** Registered, missing, empty, new, data elsewhere, expansion allowed, loss accepted. */
    private static final List<Row> ROWS = List.of(
            new Row("new bookie", "N Y Y * N * *", Action.STAMP_NEW),
            new Row("forgotten bookie, part lost", "N Y Y * Y * *", Action.REFUSE_UNREGISTERED),
            new Row("strangers' files", "N Y N * * * *", Action.REFUSE_FOREIGN_FILES),
            new Row("cookie was removed", "N N * * * * *", Action.REFUSE_UNREGISTERED),
            new Row("restart", "Y N * * * * *", Action.ACCEPT),
            new Row("folder added", "Y Y Y Y * Y *", Action.STAMP_EXPANDED),
            new Row("expansion is off", "Y Y Y Y * N *", Action.REFUSE_LOST_FOLDER),
            new Row("disk came back empty", "Y Y Y N * * N", Action.REFUSE_LOST_FOLDER),
            new Row("loss is accepted", "Y Y Y N * * Y", Action.STAMP_LOST),
            new Row("cookie file is gone", "Y Y N * * * *", Action.REFUSE_LOST_COOKIE));

    private CookieTable() {}

    static Action decide(CookieFacts facts) {
        List<Row> fitting = fitting(facts);
        if (fitting.size() != 1) {
            throw new IllegalStateException("rows for " + facts + ": " + fitting);
        }
        return fitting.get(0).action();
    }

    static List<Row> fitting(CookieFacts facts) {
        return ROWS.stream().filter(row -> row.fits(facts)).toList();
    }

    /** What follows from the facts. */
    enum Action {
        /** Write the cookie into every folder, then to the metadata service. */
        STAMP_NEW,
        /** Start; nothing is written. */
        ACCEPT,
        /** Write the new cookie into every folder, then over the old one in the metadata service. */
        STAMP_EXPANDED,
        /** Note the loss, then write the cookie into the empty folders. */
        STAMP_LOST,
        REFUSE_FOREIGN_FILES,
        REFUSE_UNREGISTERED,
        REFUSE_LOST_FOLDER,
        REFUSE_LOST_COOKIE
    }

    /**
     * One case of the table.
     *
     * @param pattern per fact Y, N, or * if it does not matter
     */
    record Row(String name, String pattern, Action action) {
        boolean fits(CookieFacts facts) {
            boolean[] values = {
                facts.registered(),
                facts.missing(),
                facts.missingAreEmpty(),
                facts.missingAreNew(),
                facts.dataElsewhere(),
                facts.expansionAllowed(),
                facts.lossAccepted()
            };
            for (int i = 0; i < values.length; i++) {
                char wanted = pattern.charAt(2 * i);
                if (wanted != '*' && (wanted == 'Y') != values[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
