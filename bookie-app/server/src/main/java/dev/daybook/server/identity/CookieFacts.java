package dev.daybook.server.identity;

/**
 * What decides whether a bookie may start, once every cookie that was found has been compared. Source: metadata
 * specification, section 8.3.
 *
 * @param registered the metadata service has a cookie
 * @param missing at least one folder has none
 * @param missingAreEmpty every folder without a cookie is empty; true if none is missing
 * @param missingAreNew no stored cookie names a folder that is without one
 * @param expansionAllowed folders may be added
 */
record CookieFacts(
        boolean registered,
        boolean missing,
        boolean missingAreEmpty,
        boolean missingAreNew,
        boolean expansionAllowed) {}
