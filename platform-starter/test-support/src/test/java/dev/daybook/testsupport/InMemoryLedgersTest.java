package dev.daybook.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class InMemoryLedgersTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2));

    private final InMemoryLedgers ledgers = new InMemoryLedgers();

    @Test
    void readsWhatWasAppendedInOrder() {
        AppendLedger writer = join(ledgers.create(SPEC));
        join(writer.append(new byte[] {1}));
        join(writer.append(new byte[] {2, 3}));
        writer.close();

        ReadLedger reader = join(ledgers.open(writer.id(), LedgerPassword.EMPTY));

        assertThat(reader.isClosed()).isTrue();
        assertThat(reader.length()).isEqualTo(3);
        assertThat(join(reader.read(0, 1)))
                .extracting(entry -> entry.id().value(), entry -> entry.length())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, 1L), org.assertj.core.groups.Tuple.tuple(1L, 3L));
        assertThat(reasonOf(reader.read(0, 2))).isEqualTo(Reason.NO_SUCH_ENTRY);
    }

    @Test
    void holdsAcknowledgementsBack() {
        ledgers.holdAcknowledgements();
        AppendLedger writer = join(ledgers.create(SPEC));
        CompletableFuture<EntryId> first = writer.append(new byte[1]).toCompletableFuture();
        CompletableFuture<EntryId> second = writer.append(new byte[1]).toCompletableFuture();

        assertThat(first).isNotDone();
        assertThat(writer.lastAddConfirmed()).isEqualTo(-1);
        ledgers.stopHolding();
        assertThat(second).isCompletedWithValue(new EntryId(1));
        assertThat(ledgers.heldAtMost()).isEqualTo(2);
    }

    @Test
    void recoveryFencesTheWriter() {
        AppendLedger writer = join(ledgers.create(SPEC));
        join(writer.append(new byte[1]));

        ReadLedger reader = join(ledgers.openWithRecovery(writer.id(), LedgerPassword.EMPTY));

        assertThat(reader.isClosed()).isTrue();
        assertThat(reasonOf(writer.append(new byte[1]))).isEqualTo(Reason.LEDGER_FENCED);
    }

    @Test
    void afterTheFirstFailureTheHandleIsPoisoned() {
        ledgers.limitEntries(10);
        AppendLedger writer = join(ledgers.create(SPEC));
        join(writer.append(new byte[10]));

        assertThat(reasonOf(writer.append(new byte[11]))).isEqualTo(Reason.ENTRY_TOO_LARGE);
        assertThat(reasonOf(writer.append(new byte[1]))).isEqualTo(Reason.ENTRY_TOO_LARGE);
        assertThat(writer.lastAddConfirmed()).isZero();
    }

    @Test
    void tailsUntilTheEnd() {
        AppendLedger writer = join(ledgers.create(SPEC));
        ReadLedger reader = join(ledgers.open(writer.id(), LedgerPassword.EMPTY));
        assertThat(join(reader.awaitEntry(0, Duration.ofMillis(1)))).isEqualTo(new TailResult.TimedOut(-1));

        CompletionStage<TailResult> waiting = reader.awaitEntry(0, Duration.ofMinutes(1));
        join(writer.append(new byte[] {7}));
        assertThat(join(waiting)).isInstanceOf(TailResult.Arrived.class);

        CompletionStage<TailResult> behind = reader.awaitEntry(1, Duration.ofMinutes(1));
        writer.close();
        assertThat(join(behind)).isEqualTo(new TailResult.EndOfLedger(0));
    }

    @Test
    void refusesWhatIsNotThere() {
        AppendLedger writer = join(ledgers.create(SPEC.withPassword(LedgerPassword.of("secret"))));

        assertThat(reasonOf(ledgers.open(new LedgerId(77), LedgerPassword.EMPTY)))
                .isEqualTo(Reason.NO_SUCH_LEDGER);
        assertThat(reasonOf(ledgers.open(writer.id(), LedgerPassword.EMPTY))).isEqualTo(Reason.UNAUTHORIZED);
        join(ledgers.delete(writer.id()));
        assertThat(join(ledgers.admin().ledgers(Optional.empty(), 10))).isEmpty();
        ledgers.close();
        assertThat(reasonOf(ledgers.create(SPEC))).isEqualTo(Reason.CLIENT_CLOSED);
    }

    @Test
    void aFailureCanBeOrdered() {
        ledgers.failAppendsFrom(1, new LedgerException(Reason.NOT_ENOUGH_BOOKIES, "two of three"));
        AppendLedger writer = join(ledgers.create(SPEC));
        join(writer.append(new byte[1]));

        assertThatThrownBy(() -> join(writer.append(new byte[1])))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("two of three");
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Reason reasonOf(CompletionStage<?> stage) {
        Throwable failure =
                stage.toCompletableFuture().handle((value, thrown) -> thrown).join();
        return ((LedgerException) failure).reason();
    }
}
