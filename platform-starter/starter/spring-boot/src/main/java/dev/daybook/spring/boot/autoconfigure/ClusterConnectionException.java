package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.LedgerException;

/** The client could not connect at start-up. */
final class ClusterConnectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String metadataUri;
    private final String explanation;
    private final LedgerException.Reason reason;

    ClusterConnectionException(String metadataUri, LedgerException cause) {
        super("cannot connect to the cluster at " + metadataUri + ": " + cause.getMessage(), cause);
        this.metadataUri = metadataUri;
        this.explanation = String.valueOf(cause.getMessage());
        this.reason = cause.reason();
    }

    String metadataUri() {
        return metadataUri;
    }

    /** The client's own sentence. */
    String explanation() {
        return explanation;
    }

    LedgerException.Reason reason() {
        return reason;
    }
}
