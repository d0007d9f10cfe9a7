package dev.daybook.spring.boot.autoconfigure;

/** The cluster that the properties name. */
record PropertiesLedgerConnectionDetails(DaybookProperties properties) implements LedgerConnectionDetails {
    @Override
    public String getMetadataUri() {
        return properties.metadataUri();
    }
}
