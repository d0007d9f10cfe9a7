package dev.daybook.protocol.format;

import dev.daybook.protocol.model.LedgerMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The bytes of a ledger's record in formats 1, 2 and 3. Reads whatever the peer's 4.17 or 4.18 line reads and writes
 * what 4.18 writes. Pure functions. Source: metadata specification, section 11.
 */
public final class LedgerMetadataFormat {
    private static final byte[] HEADER = "BookieMetadataFormatVersion\t".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_DIGITS_MAX = 10;

    private LedgerMetadataFormat() {}

    /**
     * Writes the record in its own {@link LedgerMetadata#formatVersion()}. Format 1 has no room for the ack quorum, the
     * credentials, the creation time and custom values: they are lost, as they are with the peer.
     */
    public static byte[] serialize(LedgerMetadata metadata) {
        byte[] body = switch (metadata.formatVersion()) {
            case 1 -> LedgerLines.serialize(metadata);
            case 2 -> LedgerText.serialize(metadata);
            default -> LedgerBinary.serialize(metadata);
        };
        byte[] version = (metadata.formatVersion() + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] record = Arrays.copyOf(HEADER, HEADER.length + version.length + body.length);
        System.arraycopy(version, 0, record, HEADER.length, version.length);
        System.arraycopy(body, 0, record, HEADER.length + version.length, body.length);
        return record;
    }

    /**
     * Parses a record.
     *
     * @param recordCreatedMillis when the store created the record, used if the record itself does not say (formats 2
     *     and 3)
     * @throws MalformedMetadataException with one sentence if the bytes are no valid record
     */
    public static LedgerMetadata parse(byte[] record, OptionalLong recordCreatedMillis) {
        if (record.length < HEADER.length || !Arrays.equals(HEADER, 0, HEADER.length, record, 0, HEADER.length)) {
            throw new MalformedMetadataException("The ledger record does not begin with its format header.");
        }
        int lineEnd = HEADER.length;
        while (lineEnd < record.length && record[lineEnd] >= '0' && record[lineEnd] <= '9') {
            lineEnd++;
        }
        int digits = lineEnd - HEADER.length;
        if (digits == 0 || digits > VERSION_DIGITS_MAX || lineEnd == record.length || record[lineEnd] != '\n') {
            throw new MalformedMetadataException("The format header of the ledger record names no format number.");
        }
        long version = Long.parseLong(new String(record, HEADER.length, digits, StandardCharsets.US_ASCII));
        return parseBody(version, record, lineEnd + 1, recordCreatedMillis);
    }

    private static LedgerMetadata parseBody(long version, byte[] record, int from, OptionalLong recordCreatedMillis) {
        if (version == 1) {
            return LedgerLines.parse(record, from);
        }
        if (version == 2) {
            return LedgerText.parse(record, from).toMetadata(2, recordCreatedMillis);
        }
        if (version == 3) {
            return LedgerBinary.parse(record, from).toMetadata(3, recordCreatedMillis);
        }
        throw new MalformedMetadataException("The ledger record has format " + version
                + ", but this version knows only formats 1 to 3; use a newer version to read it.");
    }
}
