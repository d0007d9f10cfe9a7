package dev.daybook.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerMetadata.End;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How near ledgers are to a loss for good. */
class RiskTest {
    private static List<BookieId> bookies(String letters) {
        return Stream.of(letters.split("")).map(BookieId::new).toList();
    }

    private static LedgerMetadata closed(Quorum quorum, long lastEntryId, Fragment first, Fragment... more) {
        LedgerMetadata open = LedgerMetadata.open(
                quorum, first, new Credentials(DigestType.CRC32C, LedgerPassword.EMPTY), Map.of(), 1);
        for (Fragment fragment : more) {
            open = open.withFragment(fragment);
        }
        return open.closedAt(new End(lastEntryId, 0));
    }

    private static int copiesLeft(LedgerMetadata metadata, String sound) {
        return Risk.of(metadata, Set.copyOf(bookies(sound))::contains).copiesLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 2147483647", // nothing is missing
        "ab, 2",
        "a, 1",
        "x, 2147483647", // nothing is left that could be copied
    })
    void aLedgerOnAllItsMembersHasAsManyCopiesAsMembersAreSound(String sound, int left) {
        LedgerMetadata ledger = closed(new Quorum(3, 3, 2), 9, new Fragment(0, bookies("abc")));
        assertThat(copiesLeft(ledger, sound)).isEqualTo(left);
    }

    @Test
    void theWorstStripeCounts() {
        LedgerMetadata ledger = closed(new Quorum(5, 3, 2), 9, new Fragment(0, bookies("abcde")));
        assertThat(copiesLeft(ledger, "bcde")).isEqualTo(2);
        assertThat(copiesLeft(ledger, "cde")).as("two neighbours").isEqualTo(1);
        assertThat(copiesLeft(ledger, "bde")).as("two others").isEqualTo(1);
    }

    @Test
    void stripesWithoutEntriesDoNotCount() {
        LedgerMetadata ledger = closed(new Quorum(3, 2, 2), 0, new Fragment(0, bookies("abc")));
        assertThat(copiesLeft(ledger, "ab")).isEqualTo(Risk.NOT_AT_RISK);
        assertThat(copiesLeft(ledger, "bc")).isEqualTo(1);
    }

    @Test
    void fragmentsEndWhereTheNextOneBegins() {
        LedgerMetadata ledger =
                closed(new Quorum(2, 1, 1), 9, new Fragment(0, bookies("ab")), new Fragment(1, bookies("cd")));
        assertThat(copiesLeft(ledger, "acd")).as("entry 0 is on a").isEqualTo(Risk.NOT_AT_RISK);
    }

    @Test
    void anEmptyLedgerHasNothingToLose() {
        LedgerMetadata ledger = closed(new Quorum(3, 3, 2), -1, new Fragment(0, bookies("abc")));
        assertThat(copiesLeft(ledger, "a")).isEqualTo(Risk.NOT_AT_RISK);
    }

    @Test
    void ofTwoEntriesTheOneWithFewerCopiesMakesTheRisk() {
        LedgerMetadata ledger =
                closed(new Quorum(3, 3, 2), 9, new Fragment(0, bookies("abc")), new Fragment(5, bookies("ade")));
        assertThat(copiesLeft(ledger, "abd")).isEqualTo(2);
        assertThat(copiesLeft(ledger, "abc")).isEqualTo(1);
        assertThat(new Risk(1)).isLessThan(new Risk(2)).isLessThan(Risk.NONE);
    }
}
