package dev.daybook.client.net;

/** Why a call ended without an answer. None of these says whether the bookie executed the request. */
public enum CallFailure {
    /** The bookie's address is unknown, or nobody listens there. */
    NO_CONNECTION("cannot be reached"),
    CONNECTION_LOST("closed the connection"),
    TIMEOUT("did not answer in time"),
    /** The bookie sent bytes that are no answer. The connection was closed. */
    MALFORMED("answered against the protocol"),
    /** The connection could not be encrypted, or not with the bookie that was meant. */
    TLS_FAILED("cannot be talked to over TLS"),
    /** The bookie does not accept what the client says it is. */
    REFUSED("refused to authenticate this client"),
    CLIENT_CLOSED("was not asked, because the client is closed");

    private final String phrase;

    CallFailure(String phrase) {
        this.phrase = phrase;
    }

    /** To be read after the bookie's id. */
    public String phrase() {
        return phrase;
    }
}
