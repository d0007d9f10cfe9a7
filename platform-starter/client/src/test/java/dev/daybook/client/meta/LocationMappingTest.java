package dev.daybook.client.meta.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.protocol.model.BookieId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RackMappingTest {
    @Test
    void groupsAreMergedAndUnknownMembersPassedOver() {
        assertThat(RackMapping.parse("""
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
        assertThat(RackMapping.parse("{}")).isEmpty();
        assertThat(RackMapping.parse("")).isEmpty();
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
        assertThatThrownBy(() -> RackMapping.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("expected .* at character \\d+");
    }

    @Test
    void everyBeginningOfAMappingEndsInAnAnswer() {
        String text = "{\"g\":{\"b1\":{\"rack\":\"/r\\u0031\",\"x\":[1,[2],{\"y\":null}]}}}";
        for (int end = 1; end < text.length(); end++) {
            String part = text.substring(0, end);
            assertThatThrownBy(() -> RackMapping.parse(part)).isInstanceOf(IllegalArgumentException.class);
        }
        String deep = "{\"g\":{\"b1\":{\"x\":" + "[".repeat(100_000) + "}}}";
        assertThatThrownBy(() -> RackMapping.parse(deep)).isInstanceOf(IllegalArgumentException.class);
    }
}
