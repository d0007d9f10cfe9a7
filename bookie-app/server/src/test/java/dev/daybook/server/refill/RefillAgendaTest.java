package dev.daybook.server.refill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.core.repair.CompleteRepair.Outcome;
import dev.daybook.core.repair.Stall;
import dev.daybook.core.repair.StallReason;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.model.Versioned;
import dev.daybook.server.refill.RefillAgenda.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows each end of an attempt. */
class RefillAgendaTest {
    private static final Outcome WHOLE = new Outcome.Whole(new Versioned<>(
            LedgerMetadata.open(
                    new Quorum(1, 1, 1),
                    new Fragment(0, List.of(new BookieId("b1"))),
                    new Credentials(DigestType.CRC32C, LedgerPassword.EMPTY),
                    Map.of(),
                    0),
            1));
    private static final Outcome OPEN = stalled(StallReason.OPEN);

    private final RefillAgenda agenda = new RefillAgenda(100);

    private static Outcome stalled(StallReason... reasons) {
        return new Outcome.Stalled(List.of(reasons).stream()
                .map(reason -> new Stall(reason, "Because of " + reason + "."))
                .toList());
    }

    private void beginRound(Map<Long, String> locks) {
        agenda.beginRound(Set.of(1L, 2L), locks);
    }

    @Test
    void whatIsWholeOrGoneLeavesLimbo() {
        beginRound(Map.of());
        assertThat(agenda.afterAttempt(1, WHOLE, 0)).isEqualTo(new Step.EndLimbo());
        assertThat(agenda.afterAttempt(2, new Outcome.Gone(), 0)).isEqualTo(new Step.EndLimbo());
    }

    @Test
    void whatIsLockedStaysUntilTheLockIsGone() {
        beginRound(Map.of(1L, "b7", 2L, "b7"));
        assertThat(agenda.afterAttempt(1, WHOLE, 0))
                .isInstanceOfSatisfying(
                        Step.Stay.class, stay -> assertThat(stay.why()).contains("b7"));
        assertThat(agenda.afterAttempt(2, new Outcome.Gone(), 0)).isEqualTo(new Step.EndLimbo());
        beginRound(Map.of());
        assertThat(agenda.afterAttempt(1, WHOLE, 0)).isEqualTo(new Step.EndLimbo());
    }

    @Test
    void whatCannotBeHadStaysWithTheFirstReason() {
        beginRound(Map.of());
        assertThat(agenda.afterAttempt(1, stalled(StallReason.NO_SOURCE, StallReason.UNANSWERED), 0))
                .isEqualTo(new Step.Stay("Because of NO_SOURCE."));
        assertThat(agenda.waitsForWriters(0)).isFalse();
    }

    @Test
    void anOpenLedgerIsRecoveredAfterTheGracePeriodAndOnceInEachRound() {
        beginRound(Map.of());
        assertThat(agenda.afterAttempt(1, OPEN, 1_000)).isInstanceOf(Step.Stay.class);
        assertThat(agenda.waitsForWriters(1_099)).isTrue();
        beginRound(Map.of());
        assertThat(agenda.afterAttempt(1, OPEN, 1_099)).isInstanceOf(Step.Stay.class);
        beginRound(Map.of());
        assertThat(agenda.afterAttempt(1, OPEN, 1_100)).isEqualTo(new Step.Recover());
        assertThat(agenda.afterAttempt(1, OPEN, 1_101)).isInstanceOf(Step.Stay.class);
        beginRound(Map.of());
        assertThat(agenda.afterAttempt(1, OPEN, 1_102)).isEqualTo(new Step.Recover());
        assertThat(agenda.afterAttempt(1, WHOLE, 1_103)).isEqualTo(new Step.EndLimbo());
        assertThat(agenda.waitsForWriters(1_050)).isFalse();
    }
}
