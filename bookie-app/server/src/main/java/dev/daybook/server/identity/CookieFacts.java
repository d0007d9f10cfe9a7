package dev.daybook.server.identity;

/**
 * What decides whether a bookie may start, once every cookie that was found has been compared. Source: metadata
 * specification, section 8.3.
 *
 * @param registered the metadata service has a cookie
 * @param missing at least one folder has none
 * @param missingAreEmpty every folder without a cookie is empty; true if none is missing
 * @param missingAreNew no stored cookie names a folder that is without one
 * @param dataElsewhere a folder with a cookie holds more than that
 * @param expansionAllowed folders may be added
 * @param lossAccepted the bookie may go on without what folders that came back empty held
 */
record CookieFacts(
        boolean registered,
        boolean missing,
        boolean missingAreEmpty,
        boolean missingAreNew,
        boolean dataElsewhere,
        boolean expansionAllowed,
        boolean lossAccepted) {}
