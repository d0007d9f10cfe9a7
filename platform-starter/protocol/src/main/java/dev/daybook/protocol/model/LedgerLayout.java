package dev.daybook.protocol.model;

import java.util.Optional;

/** How ledger records are spread over the metadata tree, with the names that LAYOUT and URIs use for it. */
public enum LedgerLayout {
    FLAT("flat", "org.apache.bookkeeper.meta.FlatLedgerManagerFactory"),
    HIERARCHICAL("hierarchical", "org.apache.bookkeeper.meta.HierarchicalLedgerManagerFactory"),
    LONG_HIERARCHICAL("longhierarchical", "org.apache.bookkeeper.meta.LongHierarchicalLedgerManagerFactory"),
    /** Occurs in LAYOUT of old clusters only. */
    LEGACY_HIERARCHICAL("", "org.apache.bookkeeper.meta.LegacyHierarchicalLedgerManagerFactory");

    private final String uriType;
    private final String factoryName;

    LedgerLayout(String uriType, String factoryName) {
        this.uriType = uriType;
        this.factoryName = factoryName;
    }

    public String uriType() {
        return uriType;
    }

    /** A protocol constant that LAYOUT carries; no such class exists here. */
    public String factoryName() {
        return factoryName;
    }

    public static Optional<LedgerLayout> ofUriType(String type) {
        for (LedgerLayout layout : values()) {
            if (!type.isEmpty() && layout.uriType.equals(type)) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }
}
