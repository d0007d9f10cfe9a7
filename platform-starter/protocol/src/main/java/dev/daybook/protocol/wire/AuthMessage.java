package dev.daybook.protocol.wire;

/** One token of an authentication exchange. The array belongs to the message and must not be changed. */
public record AuthMessage(String pluginName, byte[] payload) {
    /** The name both sides use when no provider is configured. */
    public static final String DISABLED = "AuthDisabledPlugin";
}
