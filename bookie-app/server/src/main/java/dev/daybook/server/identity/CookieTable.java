package dev.daybook.server.identity;

import java.util.List;

/**
 * The decision of metadata specification 8.3 as a table: exactly one row fits any {@link CookieFacts}, which a test
 * proves over all of them.
 */
final class CookieTable {
    private static final List<Row> ROWS = List.of(
            //      name                   registered missing  empty    new      expansion action
            new Row("new bookie", Fact.NO, Fact.YES, Fact.YES, Fact.ANY, Fact.ANY, Action.STAMP_NEW),
            new Row("strangers' files", Fact.NO, Fact.YES, Fact.NO, Fact.ANY, Fact.ANY, Action.REFUSE_FOREIGN_FILES),
            new Row("cookie was removed", Fact.NO, Fact.NO, Fact.ANY, Fact.ANY, Fact.ANY, Action.REFUSE_UNREGISTERED),
            new Row("restart", Fact.YES, Fact.NO, Fact.ANY, Fact.ANY, Fact.ANY, Action.ACCEPT),
            new Row("folder added", Fact.YES, Fact.YES, Fact.YES, Fact.YES, Fact.YES, Action.STAMP_EXPANDED),
            new Row("expansion is off", Fact.YES, Fact.YES, Fact.YES, Fact.YES, Fact.NO, Action.REFUSE_LOST_FOLDER),
            new Row("disk came back empty", Fact.YES, Fact.YES, Fact.YES, Fact.NO, Fact.ANY, Action.REFUSE_LOST_FOLDER),
            new Row("cookie file is gone", Fact.YES, Fact.YES, Fact.NO, Fact.ANY, Fact.ANY, Action.REFUSE_LOST_COOKIE));

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
        REFUSE_FOREIGN_FILES,
        REFUSE_UNREGISTERED,
        REFUSE_LOST_FOLDER,
        REFUSE_LOST_COOKIE
    }

    /** One case of the table. */
    record Row(String name, Fact registered, Fact missing, Fact empty, Fact areNew, Fact expansion, Action action) {
        boolean fits(CookieFacts facts) {
            return registered.fits(facts.registered())
                    && missing.fits(facts.missing())
                    && empty.fits(facts.missingAreEmpty())
                    && areNew.fits(facts.missingAreNew())
                    && expansion.fits(facts.expansionAllowed());
        }
    }

    /** What a row asks of a fact. */
    enum Fact {
        YES,
        NO,
        ANY;

        boolean fits(boolean value) {
            return this == ANY || (this == YES) == value;
        }
    }
}
