package dev.daybook.client.security;

import java.util.Optional;

/** A way to prove to bookies who the client is. Thread-safe. Source: wire protocol, section 10. */
public interface ClientAuthentication {
    /** The name that bookies know it by. */
    String plugin();

    /** Whether what it sends must not be seen by anybody else. */
    boolean needsTls();

    /** Begins an exchange with one bookie. */
    Exchange begin();

    /** One exchange; belongs to one connection. */
    interface Exchange {
        /** The first token. It may be empty. */
        byte[] first();

        /**
         * @param token the bookie's answer
         * @return what to do next
         * @throws AuthenticationFailure if the bookie's answer is not acceptable
         */
        Next onAnswer(byte[] token) throws AuthenticationFailure;
    }

    /**
     * @param token to be sent, if any
     * @param done whether the client considers the exchange as finished, once the token is sent
     */
    record Next(Optional<byte[]> token, boolean done) {}

    /** The message is one sentence for a person. */
    final class AuthenticationFailure extends Exception {
        private static final long serialVersionUID = 1L;

        public AuthenticationFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
