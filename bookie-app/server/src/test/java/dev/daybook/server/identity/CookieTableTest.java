package dev.daybook.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.server.identity.CookieTable.Action;
import org.junit.jupiter.api.Test;

class CookieTableTest {
    @Test
    void exactlyOneRowFitsAnyFacts() {
        for (int bits = 0; bits < 128; bits++) {
            assertThat(CookieTable.fitting(facts(bits)))
                    .as(facts(bits).toString())
                    .hasSize(1);
        }
    }

    @Test
    void whatMayHaveBeenLostIsNeverAcceptedWithoutANote() {
        for (int bits = 0; bits < 128; bits++) {
            CookieFacts facts = facts(bits);
            Action action = CookieTable.decide(facts);
            boolean starts = action.name().startsWith("STAMP") || action == Action.ACCEPT;
            boolean lost = facts.missing() && facts.registered() && !facts.missingAreNew();
            if (starts && lost) {
                assertThat(action).as(facts.toString()).isEqualTo(Action.STAMP_LOST);
                assertThat(facts.lossAccepted() && facts.missingAreEmpty()).isTrue();
            }
            if (starts && facts.missing()) {
                assertThat(facts.missingAreEmpty()).as(facts.toString()).isTrue();
            }
        }
    }

    private static CookieFacts facts(int bits) {
        return new CookieFacts(
                (bits & 1) != 0,
                (bits & 2) != 0,
                (bits & 4) != 0,
                (bits & 8) != 0,
                (bits & 16) != 0,
                (bits & 32) != 0,
                (bits & 64) != 0);
    }
}
