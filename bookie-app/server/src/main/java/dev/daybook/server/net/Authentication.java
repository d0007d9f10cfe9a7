package dev.daybook.server.net;

import java.util.Optional;

/** A way in which clients prove who they are. Thread-safe. Source: wire protocol, section 10. */
public interface Authentication {
    /** The name that clients call it by. */
    String plugin();

    /** Whether its tokens must not be seen by anybody else. */
    boolean needsTls();

    /** Begins an exchange on one connection. */
    Exchange begin();

    /** One exchange; belongs to one connection. */
    interface Exchange {
        /** Answers a client's token. Must not block: it runs where all connections are served. */
        Verdict onToken(byte[] token);
    }

    /**
     * @param answer the token to answer with; empty refuses the client for good
     * @param user who the client is, once that is certain
     */
    record Verdict(Optional<byte[]> answer, Optional<String> user) {
        public static Verdict refused() {
            return new Verdict(Optional.empty(), Optional.empty());
        }

        static Verdict goOn(byte[] answer) {
            return new Verdict(Optional.of(answer), Optional.empty());
        }

        public static Verdict accepted(byte[] answer, String user) {
            return new Verdict(Optional.of(answer), Optional.of(user));
        }
    }
}
