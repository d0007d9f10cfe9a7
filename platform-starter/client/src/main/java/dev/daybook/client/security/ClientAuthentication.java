package dev.daybook.client.security;

import java.util.Optional;

/** A way to prove to bookies who the client is. Thread-safe. Source: wire protocol, section 10. */
public interface ClientAuthentication {
    /**
     * As properties have it: a user with a password, or the holder of a token, or, if all are empty, nobody in particular.
     *
     * @throws IllegalArgumentException with a sentence, without its full stop, if they do not fit together
     */
    static Optional<ClientAuthentication> of(String user, String password, String token) {
        if (user.isEmpty() != password.isEmpty()) {
            throw new IllegalArgumentException(
                    "daybook.auth.username and daybook.auth.password are given together or not at all");
        }
        if (!user.isEmpty() && !token.isEmpty()) {
            throw new IllegalArgumentException("daybook.auth.username and daybook.auth.token exclude each other");
        }
        if (!user.isEmpty()) {
            return Optional.of(new SaslDigest(user, Secret.of(password)));
        }
        Secret secret = Secret.of(token);
        return token.isEmpty() ? Optional.empty() : Optional.of(new TokenAuthentication(() -> secret));
    }

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
