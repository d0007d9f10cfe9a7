package dev.daybook.client.net;

import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a channel could not be secured. The message reads on after "bookie … cannot be used, because". */
final class SecuringFailure extends Exception {
    private static final long serialVersionUID = 1L;
    static final String SILENCE =
            "it did not authenticate this client in time; check daybook.auth.* (a bookie of Apache"
                    + " BookKeeper is silent when the user or the password is wrong)";

    static final String SUDDEN_END =
            "it closed the connection right after the TLS handshake; check daybook.tls.certificate"
                    + " and daybook.tls.private-key in case it asks clients for certificates";

    private static final String ADVICE = "; check daybook.tls.* here and the certificates of that bookie";

    private final CallFailure kind;

    SecuringFailure(CallFailure kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static SecuringFailure ofHandshake(Throwable cause) {
        return new SecuringFailure(
                CallFailure.TLS_FAILED, "the TLS handshake failed: " + deepest(cause) + ADVICE, cause);
    }

    static SecuringFailure ofBrokenConnection(Throwable cause) {
        return new SecuringFailure(
                CallFailure.TLS_FAILED, "the connection broke before it was secured: " + deepest(cause), cause);
    }

    /** The same words for a connection in use, if TLS is what broke it. */
    static Optional<String> ofBrokenTls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return Optional.of("it ended TLS: " + deepest(cause) + ADVICE);
            }
        }
        return Optional.empty();
    }

    CallFailure kind() {
        return kind;
    }

    static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
