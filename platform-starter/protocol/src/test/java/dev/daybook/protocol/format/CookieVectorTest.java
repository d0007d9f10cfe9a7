package dev.daybook.protocol.format;

import static dev.daybook.protocol.format.MetadataVectors.has;
import static dev.daybook.protocol.format.MetadataVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The recorded cookies and the recorded comparisons of cookies. */
class CookieVectorTest {
    @Test
    void writesCookiesByteForByte() {
        for (JsonNode vector : MetadataVectors.read("cookies.json").get("serialize")) {
            Cookie cookie = new Cookie(
                    vector.get("layoutVersion").asInt(),
                    new BookieId(vector.get("bookieId").asString()),
                    List.of(vector.get("journalDirs").asString().split(",", -1)),
                    dirs(vector.get("ledgerDirs").asString()),
                    has(vector, "indexDirs")
                            ? Optional.of(dirs(vector.get("indexDirs").asString()))
                            : Optional.empty(),
                    has(vector, "instanceId")
                            ? Optional.of(vector.get("instanceId").asString())
                            : Optional.empty());
            byte[] written = CookieFormat.serialize(cookie);
            if (vector.get("parsesBack").asString().equals("rejected")) {
                // The peer writes plain lines under the number 5 here, which nobody can read: we write layout 5.
                assertThat(CookieFormat.parse(written).bookie()).isEqualTo(cookie.bookie());
                assertRefused(hex(vector, "hex"));
            } else {
                assertThat(written).as(vector.get("name").asString()).isEqualTo(hex(vector, "hex"));
                assertThat(CookieFormat.serialize(CookieFormat.parse(written))).isEqualTo(written);
                assertThat(CookieFormat.parse(written).mismatch(cookie)).isEmpty();
            }
        }
    }

    private static List<String> dirs(String joined) {
        List<String> parts = new ArrayList<>(List.of(joined.split("\t", -1)));
        parts.remove(0);
        return parts;
    }

    @Test
    void readsWhatThePeerReads() {
        for (JsonNode vector : MetadataVectors.read("cookies.json").get("parse")) {
            byte[] bytes = hex(vector, "hex");
            if (!vector.get("accepted").asBoolean()) {
                assertRefused(bytes);
                continue;
            }
            Cookie cookie = CookieFormat.parse(bytes);
            String rewritten = new String(CookieFormat.serialize(cookie), StandardCharsets.UTF_8);
            if (cookie.layoutVersion() > 3) {
                assertThat(rewritten).isEqualTo(vector.get("rewrittenAs").asString());
            } else {
                assertThat(rewritten).contains("bookieHost: \"bookie1:3181\"", "ledgerDirs: \"1\\t/data/ledgers\"");
            }
        }
    }

    private static void assertRefused(byte[] bytes) {
        assertThatExceptionOfType(MalformedMetadataException.class)
                .isThrownBy(() -> CookieFormat.parse(bytes))
                .withMessageEndingWith(".");
    }

    @Test
    void comparesAsThePeerDoes() {
        for (JsonNode vector : MetadataVectors.read("cookie-verification.json").get("cases")) {
            String name = vector.get("case").asString();
            Cookie master = CookieFormat.parse(utf8(vector.get("master").asString()));
            Optional<Cookie> stored = stored(vector);
            assertThat(stored.map(cookie -> master.mismatch(cookie).isEmpty()).orElse(false))
                    .as(name + ", exact")
                    .isEqualTo(vector.get("verify").asString().equals("accepted"));
            assertThat(stored.map(cookie ->
                                    master.mismatchAllowingExpansion(cookie).isEmpty())
                            .orElse(false))
                    .as(name + ", with expansion")
                    .isEqualTo(vector.get("verifySuperset").asString().equals("accepted"));
        }
    }

    /** The recorded text always says 5; what matters is the layout that the stored cookie really has. */
    private static Optional<Cookie> stored(JsonNode vector) {
        String text = vector.get("stored").asString();
        int layout = vector.path("storedLayoutVersion").asInt(5);
        byte[] bytes = utf8(layout + text.substring(text.indexOf('\n')));
        if (layout < 3) {
            assertRefused(bytes);
            return Optional.empty();
        }
        return Optional.of(CookieFormat.parse(bytes));
    }

    @Test
    void aMismatchNamesBothSides() {
        Cookie master =
                Cookie.of(new BookieId("b:1"), List.of("/j"), List.of("/a", "/b"), Optional.empty(), Optional.of("I"));
        Cookie stored =
                Cookie.of(new BookieId("b:1"), List.of("/j"), List.of("/a"), Optional.empty(), Optional.of("I"));
        assertThat(master.mismatch(stored))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).contains("ledger directories", "[/a]", "[/a, /b]"));
        assertThat(master.mismatchAllowingExpansion(stored)).isEmpty();
    }

    @Test
    void readsTheVersionFilesOfBookieDirectories() {
        for (String storage : List.of("DbLedgerStorage", "InterleavedLedgerStorage", "SortedLedgerStorage")) {
            int cookies = 0;
            for (JsonNode file :
                    MetadataVectors.read("ondisk/" + storage + ".json").get("files")) {
                if (file.get("file").asString().endsWith("/VERSION")) {
                    byte[] bytes = hex(file, "hex");
                    Cookie cookie = CookieFormat.parse(bytes);
                    assertThat(cookie.instanceId()).isPresent();
                    assertThat(CookieFormat.serialize(cookie)).isEqualTo(bytes);
                    cookies++;
                }
            }
            assertThat(cookies).as(storage).isGreaterThanOrEqualTo(2);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
