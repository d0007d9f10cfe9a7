package dev.daybook.client.meta.session;

import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.meta.MetadataAccess;
import dev.daybook.client.meta.MetadataUri;
import java.time.Duration;

/** Says what went wrong between a store and its service. */
public final class SessionFailures {
    private final MetadataUri uri;
    private final String tlsAdvice;

    public SessionFailures(MetadataAccess access) {
        this.uri = access.uri();
        this.tlsAdvice = access.security().tls().isPresent()
                ? " on a port for TLS, and that daybook.metadata.tls.* fits its certificates"
                : "";
    }

    /** A deadline passed. */
    public LedgerException unanswered(Duration waited) {
        return unanswered(waited, "");
    }

    /** @param why of the last attempt, with a blank before it; may be empty */
    public LedgerException unanswered(Duration waited, String why) {
        String within = waited.toMillis() % 1_000 == 0 ? waited.toSeconds() + " s" : waited.toMillis() + " ms";
        return new LedgerException(
                Reason.METADATA_UNAVAILABLE,
                "The metadata service " + uri + " did not answer within " + within + why
                        + "; check that it runs and that daybook.metadata-uri names it" + tlsAdvice + ".");
    }

    /**
     * The service answered in a way that nobody foresaw.
     *
     * @param deed for people: what was wanted
     */
    public LedgerException refused(String deed, Object answer) {
        return new LedgerException(
                Reason.METADATA_UNAVAILABLE,
                "The metadata service " + uri + " refused to " + deed + " (" + answer
                        + "); check its state, and what daybook.metadata.username may do there.");
    }

    /** Somebody interrupted the thread that waited for the first connection. */
    public LedgerException interrupted(InterruptedException cause) {
        return new LedgerException(
                Reason.TIMEOUT, "Connecting to the metadata service " + uri + " was interrupted.", cause);
    }

    /** The store was closed while, or before, something was asked of it. */
    public LedgerException closed() {
        return new LedgerException(
                Reason.CLIENT_CLOSED, "The connection to the metadata service " + uri + " has been closed.");
    }
}
