package dev.daybook.protocol.format;

import static dev.daybook.protocol.format.MetadataVectors.has;
import static dev.daybook.protocol.format.MetadataVectors.hex;
import static dev.daybook.protocol.format.MetadataVectors.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.LedgerState;
import dev.daybook.protocol.model.Quorum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The recorded ledger records: what is written equals them byte for byte, what is read means the same. */
class LedgerMetadataVectorTest {
    private static final OptionalLong NODE_CREATED = OptionalLong.of(1_700_000_000_123L);

    @TestFactory
    Stream<DynamicTest> writesAndReadsBackEveryRecord() {
        return cases("ledger-metadata.json")
                .map(vector -> named(vector, () -> {
                    LedgerMetadata described = describedBy(vector);
                    byte[] written = LedgerMetadataFormat.serialize(described);
                    if (!vector.get("serializable").asBoolean()) {
                        assertThat(LedgerMetadataFormat.parse(written, NODE_CREATED)
                                        .credentials())
                                .as("where the peer gives up, digest and password are left out")
                                .isEmpty();
                        return;
                    }
                    byte[] expected = hex(vector, "hex");
                    assertSameBytes(written, expected, described.custom().size());
                    LedgerMetadata parsed = LedgerMetadataFormat.parse(expected, NODE_CREATED);
                    assertMeans(parsed, vector, vector.get("parsedBack"));
                    assertSameBytes(
                            LedgerMetadataFormat.serialize(parsed),
                            expected,
                            parsed.custom().size());
                    assertCopied(parsed, vector, expected);
                    if (vector.has("hexWrittenBy417")) {
                        assertThat(LedgerMetadataFormat.parse(hex(vector, "hexWrittenBy417"), NODE_CREATED))
                                .isEqualTo(parsed);
                    }
                }));
    }

    private static void assertCopied(LedgerMetadata parsed, JsonNode vector, byte[] unchanged) {
        String copied = vector.get("parsedBack").get("copyThroughBuilderHex").asString();
        byte[] expected =
                copied.equals("(identical)") ? unchanged : hex(vector.get("parsedBack"), "copyThroughBuilderHex");
        byte[] rewritten = LedgerMetadataFormat.serialize(parsed.withFragments(parsed.fragments()));
        assertSameBytes(rewritten, expected, parsed.custom().size());
    }

    /** The peer writes custom values in the order of a hash table; only their set is comparable. */
    private static void assertSameBytes(byte[] written, byte[] expected, int customValues) {
        if (customValues < 2) {
            assertThat(written).isEqualTo(expected);
        } else {
            assertThat(written).hasSameSizeAs(expected);
            assertThat(LedgerMetadataFormat.parse(written, OptionalLong.empty()))
                    .isEqualTo(LedgerMetadataFormat.parse(expected, OptionalLong.empty()));
        }
    }

    private static void assertMeans(LedgerMetadata parsed, JsonNode vector, JsonNode meaning) {
        assertThat(parsed.formatVersion()).isEqualTo(vector.get("formatVersion").asInt());
        assertThat(parsed.state().name()).isEqualTo(meaning.get("state").asString());
        assertThat(parsed.quorum().ack()).isEqualTo(meaning.get("ackQuorumSize").asInt());
        assertThat(parsed.end().map(End::length).orElse(0L))
                .isEqualTo(meaning.get("length").asLong());
        assertThat(parsed.end().map(End::lastEntryId).orElse(-1L))
                .isEqualTo(meaning.get("lastEntryId").asLong());
        assertThat(parsed.createdMillis().orElse(-1L))
                .isEqualTo(meaning.get("ctimeWhenZnodeCtimeIs1700000000123").asLong());
        assertThat(parsed.credentials().isPresent())
                .isEqualTo(meaning.get("hasPassword").asBoolean());
        assertThat(parsed.creationToken()).isEqualTo(meaning.get("cToken").asLong());
        assertThat(parsed.fragments()).isEqualTo(fragmentsOf(vector));
    }

    private static LedgerMetadata describedBy(JsonNode vector) {
        LedgerState state = LedgerState.valueOf(vector.get("state").asString());
        Optional<End> end = state == LedgerState.CLOSED
                ? Optional.of(new End(
                        vector.get("lastEntryId").asLong(), vector.get("length").asLong()))
                : Optional.empty();
        Optional<Credentials> credentials = vector.get("hasPassword").asBoolean()
                ? Optional.of(new Credentials(
                        DigestType.valueOf(vector.get("digestType").asString()),
                        LedgerPassword.of(hex(vector, "passwordHex"))))
                : Optional.empty();
        Map<String, byte[]> custom = new HashMap<>();
        vector.get("customMetadata").forEach(item -> custom.put(item.get("key").asString(), hex(item, "valueHex")));
        return new LedgerMetadata(
                vector.get("formatVersion").asInt(),
                new Quorum(
                        vector.get("ensembleSize").asInt(),
                        vector.get("writeQuorumSize").asInt(),
                        vector.get("ackQuorumSize").asInt()),
                state,
                fragmentsOf(vector),
                credentials,
                end,
                OptionalLong.of(vector.get("ctime").asLong()),
                custom,
                vector.get("cToken").asLong(),
                vector.get("ctimeStored").asBoolean());
    }

    private static List<Fragment> fragmentsOf(JsonNode vector) {
        List<Fragment> fragments = new ArrayList<>();
        vector.get("segments")
                .forEach(segment ->
                        fragments.add(fragment(segment.get("firstEntryId").asLong(), segment.get("ensemble"))));
        return fragments;
    }

    private static Fragment fragment(long first, JsonNode members) {
        return new Fragment(first, strings(members).stream().map(BookieId::new).toList());
    }

    @TestFactory
    Stream<DynamicTest> decidesAsOneOfThePeersLinesDoes() {
        return cases("ledger-metadata-parse.json")
                .map(vector -> named(vector, () -> {
                    byte[] record = hex(vector, "hex");
                    boolean accepted = vector.get("accepted").asBoolean();
                    if (accepted) {
                        assertResult(LedgerMetadataFormat.parse(record, NODE_CREATED), vector.get("result"));
                    } else if (vector.path("acceptedBy417").asBoolean(false)) {
                        assertResult(LedgerMetadataFormat.parse(record, NODE_CREATED), vector.get("resultIn417"));
                    } else {
                        assertThatExceptionOfType(MalformedMetadataException.class)
                                .isThrownBy(() -> LedgerMetadataFormat.parse(record, NODE_CREATED))
                                .withMessageEndingWith(".");
                    }
                }));
    }

    private static void assertResult(LedgerMetadata parsed, JsonNode result) {
        assertThat(parsed.formatVersion()).isEqualTo(result.get("formatVersion").asInt());
        assertThat(parsed.quorum())
                .isEqualTo(new Quorum(
                        result.get("ensembleSize").asInt(),
                        result.get("writeQuorumSize").asInt(),
                        result.get("ackQuorumSize").asInt()));
        assertThat(parsed.state().name()).isEqualTo(result.get("state").asString());
        assertThat(parsed.end().map(End::length).orElse(0L))
                .isEqualTo(result.get("length").asLong());
        assertThat(parsed.end().map(End::lastEntryId).orElse(-1L))
                .isEqualTo(result.get("lastEntryId").asLong());
        assertThat(parsed.createdMillis().orElse(-1L))
                .isEqualTo(result.get("ctime").asLong());
        assertThat(parsed.creationToken()).isEqualTo(result.get("cToken").asLong());
        assertThat(parsed.credentials().isPresent())
                .isEqualTo(result.get("hasPassword").asBoolean());
        if (has(result, "digestType")) {
            assertThat(parsed.credentials().orElseThrow().digest().name())
                    .isEqualTo(result.get("digestType").asString());
        }
        assertThat(parsed.custom().keySet())
                .containsExactlyInAnyOrderElementsOf(strings(result.get("customMetadataKeys")));
        List<Fragment> fragments = new ArrayList<>();
        result.get("segments")
                .properties()
                .forEach(segment -> fragments.add(fragment(Long.parseLong(segment.getKey()), segment.getValue())));
        assertThat(parsed.fragments()).isEqualTo(fragments);
    }

    @Test
    void readsAndRewritesWhatClientsWrote() {
        JsonNode vectors =
                MetadataVectors.resource("/vectors/ledger-metadata.json").get("vectors");
        assertThat(vectors).isNotEmpty();
        for (JsonNode vector : vectors) {
            byte[] record = hex(vector, "serializedHex");
            LedgerMetadata parsed = LedgerMetadataFormat.parse(record, OptionalLong.empty());
            assertThat(parsed.state().name()).isEqualTo(vector.get("state").asString());
            assertThat(parsed.formatVersion())
                    .isEqualTo(vector.get("formatVersion").asInt());
            assertThat(parsed.createdMillis().isPresent()).isEqualTo(parsed.formatVersion() > 1);
            assertThat(LedgerMetadataFormat.serialize(parsed)).isEqualTo(record);
        }
    }

    @Test
    void refusesADigestTypeItDoesNotKnowInsteadOfGuessing() {
        LedgerMetadata known = LedgerMetadataFormat.parse(
                hex(cases("ledger-metadata.json").findFirst().orElseThrow(), "hex"), OptionalLong.empty());
        byte[] record = LedgerMetadataFormat.serialize(known);
        for (int at = 0; at + 1 < record.length; at++) {
            if (record[at] == 0x38 && record[at + 1] == 3) {
                record[at + 1] = 9;
            }
        }
        assertThatExceptionOfType(MalformedMetadataException.class)
                .isThrownBy(() -> LedgerMetadataFormat.parse(record, OptionalLong.empty()))
                .withMessageContaining("digest");
    }

    private static Stream<JsonNode> cases(String file) {
        return StreamSupport.stream(MetadataVectors.read(file).spliterator(), false);
    }

    private static DynamicTest named(JsonNode vector, org.junit.jupiter.api.function.Executable test) {
        return DynamicTest.dynamicTest(vector.get("name").asString(), test);
    }
}
