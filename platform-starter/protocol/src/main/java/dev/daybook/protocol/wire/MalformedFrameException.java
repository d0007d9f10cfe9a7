package dev.daybook.protocol.wire;

/**
 * The peer sent bytes that are no message of the protocol. Whoever reads from the connection closes it: nothing after
 * such a frame can be trusted to be framed right, and the peer gets no answer (wire protocol, section 13).
 *
 * <p>Carries no stack trace, because the peer decides how often it is created.
 */
public final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message, null, false, false);
    }
}
