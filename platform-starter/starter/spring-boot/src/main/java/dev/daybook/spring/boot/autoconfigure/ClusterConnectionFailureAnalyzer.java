package dev.daybook.spring.boot.autoconfigure;

import dev.daybook.client.LedgerException.Reason;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where the application looked for the cluster and how to point it elsewhere. */
final class ClusterConnectionFailureAnalyzer extends AbstractFailureAnalyzer<ClusterConnectionException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ClusterConnectionException cause) {
        String description = "The ledger client could not connect to the cluster at " + cause.metadataUri() + ": "
                + cause.explanation();
        return new FailureAnalysis(description, actionFor(cause.reason()), cause);
    }

    private static String actionFor(Reason reason) {
        if (reason == Reason.METADATA_UNAVAILABLE || reason == Reason.TIMEOUT) {
            return "Start the metadata service there, or set daybook.metadata-uri to where it runs. If it is only slow,"
                    + " raise daybook.client.connect-timeout.";
        }
        return "Check that daybook.metadata-uri names the root of an initialised cluster.";
    }
}
