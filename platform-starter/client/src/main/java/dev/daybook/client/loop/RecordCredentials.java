package dev.daybook.client.loop;

import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerPassword;

/** The digest and password of a ledger, for those that no application has told. */
final class RecordCredentials {
    /** Of ledgers whose record names none: they were made before there was a choice. */
    private static final DigestType OLDEST_DIGEST = DigestType.CRC32;

    private RecordCredentials() {}

    /** Those of the record; the oldest format has none, and then the password that the application gives counts. */
    static Credentials of(LedgerMetadata metadata, LedgerPassword given) {
        return metadata.credentials().orElseGet(() -> new Credentials(OLDEST_DIGEST, given));
    }

    static Credentials of(LedgerMetadata metadata) {
        return of(metadata, LedgerPassword.EMPTY);
    }
}
