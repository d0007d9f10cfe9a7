package dev.daybook.client.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.protocol.model.BookieId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationMappingTest {
    @Test
    void whatIsWrittenIsReadAsItWas() {
        Map<BookieId, String> locations =
                Map.of(new BookieId("bookie1:3181"), "/region1/rack1", new BookieId("b2"), "/a \"b\" \\c\t\u00e4");
        byte[] json = LocationMapping.format(locations);
        assertThat(LocationMapping.parse(new String(json, StandardCharsets.UTF_8)))
                .isEqualTo(locations);
        assertThat(new String(LocationMapping.format(Map.of(new BookieId("b"), "/r")), StandardCharsets.UTF_8))
                .isEqualTo("{\"default\": {\"b\": {\"rack\": \"/r\"}}}");
    }

    @Test
    void groupsAreMergedAndUnknownMembersPassedOver() {
        assertThat(LocationMapping.parse("""
                {
                  "default": {
                    "bookie1:3181": {"rack": "/region1/rack1", "hostname": "bookie1.example.com"},
                    "bookie2:3181": {"hostname": null, "more": [1, {"x": [true, "y"]}, -2.5e3, []], "rack": "rack2"}
                  },
                  "isolated": {"b3": {"rack": "/\\u0072\\t\\"3"}, "b4": {}, "b5": null, "not a bookie": {"rack": "/r"}},
                  "empty": {}, "none": null
                }
                """))
                .isEqualTo(Map.of(
                        new BookieId("bookie1:3181"), "/region1/rack1",
                        new BookieId("bookie2:3181"), "rack2",
                        new BookieId("b3"), "/r\t\"3"));
        assertThat(LocationMapping.parse("{}")).isEmpty();
        assertThat(LocationMapping.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"g\"",
                "{\"g\":",
                "{\"g\":{}",
                "{\"g\":{}}x",
                "{\"g\":{\"b\":{\"rack\":\"/r}}}",
                "{\"g\":{\"b\":{\"rack\" \"/r\"}}}",
                "{\"g\":{\"b\":{\"rack\":\"\\u00zz\"}}}",
                "{\"g\":{,}}",
                "{\"g\":5}"
            })
    void whatIsNoMappingIsRefusedWithThePlace(String text) {
        assertThatThrownBy(() -> LocationMapping.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("expected .* at character \\d+");
    }

    @Test
    void everyBeginningOfAMappingEndsInAnAnswer() {
        String text = "{\"g\":{\"b1\":{\"rack\":\"/r\\u0031\",\"x\":[1,[2],{\"y\":null}]}}}";
        for (int end = 1; end < text.length(); end++) {
            String part = text.substring(0, end);
            assertThatThrownBy(() -> LocationMapping.parse(part)).isInstanceOf(IllegalArgumentException.class);
        }
        String deep = "{\"g\":{\"b1\":{\"x\":" + "[".repeat(100_000) + "}}}";
        assertThatThrownBy(() -> LocationMapping.parse(deep)).isInstanceOf(IllegalArgumentException.class);
    }
}
