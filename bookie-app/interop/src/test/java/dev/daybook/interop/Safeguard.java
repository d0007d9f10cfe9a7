package dev.daybook.interop;

import java.util.Locale;

/** How a bookie of these tests is secured. */
enum Safeguard {
    TLS(true, false, false),
    SASL(false, true, false),
    TLS_AND_SASL(true, true, false),
    /** Clients show a certificate, too. */
    MUTUAL_TLS(true, false, true),
    /** The bookie's certificate is for another host. */
    TLS_OF_ANOTHER_HOST(true, false, false);

    private final boolean tls;
    private final boolean sasl;
    private final boolean clientCertificates;

    Safeguard(boolean tls, boolean sasl, boolean clientCertificates) {
        this.tls = tls;
        this.sasl = sasl;
        this.clientCertificates = clientCertificates;
    }

    boolean tls() {
        return tls;
    }

    boolean sasl() {
        return sasl;
    }

    boolean clientCertificates() {
        return clientCertificates;
    }

    /** Of the cluster that holds one such bookie of each kind. */
    String root(boolean official) {
        return "/" + (official ? "official" : "ours") + "-" + name().toLowerCase(Locale.ROOT);
    }
}
