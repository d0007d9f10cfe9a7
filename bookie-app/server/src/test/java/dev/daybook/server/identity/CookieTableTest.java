package dev.daybook.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CookieTableTest {
    @Test
    void exactlyOneRowFitsAnyFacts() {
        for (int bits = 0; bits < 32; bits++) {
            CookieFacts facts = new CookieFacts(
                    (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0);
            assertThat(CookieTable.fitting(facts)).as(facts.toString()).hasSize(1);
        }
    }
}
