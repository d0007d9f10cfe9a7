package dev.daybook.spring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.TailResult;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.testsupport.InMemoryLedgers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

class LedgerTemplateTest {
    private static final LedgerSpec SPEC = LedgerSpec.of(new Quorum(3, 3, 2));

    /** The in-memory client counts from 0. */
    private static final LedgerId FIRST = new LedgerId(0);

    private final InMemoryLedgers ledgers = new InMemoryLedgers();
    private final LedgerTemplate template = new LedgerTemplate(ledgers, SPEC);

    @Test
    void writesAndClosesALedger() {
        LedgerId id = template.write(ledger -> {
            assertThat(ledger.append(bytes("first")).value()).isZero();
            ledger.submit(bytes("second"));
            return ledger.ledgerId();
        });

        assertThat(texts(id)).containsExactly("first", "second");
        assertThat(template.openWithRecovery(id).end().orElseThrow().lastEntryId())
                .isEqualTo(1);
    }

    @Test
    void appendsAllEntriesOfACollection() {
        LedgerId id = template.append(List.of(bytes("a"), bytes("b"), bytes("c")));

        assertThat(template.read(id, 1, 2))
                .extracting(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
                .containsExactly("b", "c");
    }

    @Test
    void anEmptyLedgerIsFine() {
        LedgerId id = template.append(List.of());

        assertThat(template.forEach(id, entry -> {})).isZero();
    }

    @Test
    void readsLongLedgersInOrderAndOnce() {
        int count = 5000;
        LedgerId id = template.append(
                IntStream.range(0, count).mapToObj(i -> bytes("line " + i)).toList());

        List<Long> seen = new ArrayList<>();
        assertThat(template.forEach(id, entry -> seen.add(entry.id().value()))).isEqualTo(count);
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
        assertThat(template.forEach(id, 4990, entry -> {})).isEqualTo(10);
    }

    @Test
    void whatWasAcknowledgedStaysWhenTheCallbackFails() {
        assertThatThrownBy(() -> template.write(ledger -> {
                    ledger.append(bytes("kept"));
                    throw new IllegalStateException("the application's own");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the application's own");

        assertThat(texts(FIRST)).containsExactly("kept");
        assertThat(template.openWithRecovery(FIRST).isClosed()).isTrue();
    }

    @Test
    void aFailureThatNobodyLookedAtFailsTheWrite() {
        ledgers.failAppendsFrom(2, new LedgerException(Reason.NOT_ENOUGH_BOOKIES, "only 1 of 3 bookies is writable"));
        assertThatThrownBy(() -> template.write(ledger -> {
                    for (int i = 0; i < 5; i++) {
                        ledger.submit(bytes("line " + i));
                    }
                    return "done";
                }))
                .isInstanceOf(TransientDataAccessResourceException.class)
                .hasMessage("only 1 of 3 bookies is writable");

        assertThat(texts(FIRST)).containsExactly("line 0", "line 1");
    }

    @Test
    void translatesWhatTheClientSays() {
        LedgerId id = template.append(List.of(bytes("x")));
        LedgerTemplate other = template.withSpec(SPEC.withPassword(LedgerPassword.of("wrong")));
        ledgers.limitEntries(1);

        assertThatThrownBy(() -> template.read(new LedgerId(99), 0, 0))
                .isInstanceOf(EmptyResultDataAccessException.class)
                .hasMessage("there is no ledger 99");
        assertThatThrownBy(() -> template.read(id, 1, 1)).isInstanceOf(EmptyResultDataAccessException.class);
        assertThatThrownBy(() -> other.read(id, 0, 0)).isInstanceOf(PermissionDeniedDataAccessException.class);
        assertThatThrownBy(() -> template.append(List.of(bytes("long"))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
    }

    @Test
    void futuresTellAboutTheirOwnEntry() {
        ledgers.limitEntries(5);

        assertThatThrownBy(() -> template.write(ledger -> {
                    assertThat(ledger.appendAsync(bytes("short"))).isCompletedWithValue(new EntryId(0));
                    return ledger.appendAsync(bytes("not short")).join();
                }))
                .hasCauseInstanceOf(InvalidDataAccessApiUsageException.class);
    }

    @Test
    void aFencedWriterIsTold() {
        assertThatThrownBy(() -> template.write(ledger -> {
                    template.openWithRecovery(ledger.ledgerId());
                    return ledger.append(bytes("too late"));
                }))
                .isInstanceOf(LedgerFencedException.class);
    }

    @Test
    void tailsFromTheBeginningToTheEnd() {
        AppendLedger writer =
                template.execute(client -> client.create(SPEC)); // Stays open, unlike a ledger written by the template.
        IntStream.range(0, 100).forEach(i -> writer.append(bytes("line " + i)));

        try (LedgerTail tail = template.tail(writer.id(), 0)) {
            for (long expected = 0; expected < 100; expected++) {
                assertThat(tail.next(Duration.ofMinutes(1))).isInstanceOf(TailResult.Arrived.class);
            }
            assertThat(tail.next(Duration.ofMillis(1))).isEqualTo(new TailResult.TimedOut(99));
            writer.append(bytes("one more"));
            TailResult.Arrived arrived = (TailResult.Arrived) tail.next(Duration.ofMinutes(1));
            assertThat(arrived.entry().id().value()).isEqualTo(100);
            writer.close();
            assertThat(tail.next(Duration.ofMinutes(1))).isEqualTo(new TailResult.EndOfLedger(100));
        }
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        ledgers.holdAcknowledgements();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> template.write(ledger -> ledger.append(bytes("x"))))
                    .isInstanceOf(TransientDataAccessResourceException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void deletes() {
        LedgerId id = template.append(List.of(bytes("x")));

        template.delete(id);
        template.delete(id);

        assertThatThrownBy(() -> template.read(id, 0, 0)).isInstanceOf(EmptyResultDataAccessException.class);
    }

    private List<String> texts(LedgerId id) {
        List<String> texts = new ArrayList<>();
        template.forEach(id, entry -> texts.add(new String(entry.payload(), StandardCharsets.UTF_8)));
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
