package dev.daybook.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerException.Reason;
import dev.daybook.client.LedgerSpec;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.spring.core.LedgerTemplate;
import dev.daybook.testsupport.InMemoryLedgers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final int MAX_FRAME = 10_000;
    private static final int OUTSTANDING = 10;
    private static final LedgerId FIRST = new LedgerId(0);

    private final InMemoryLedgers ledgers = new InMemoryLedgers();
    private final LedgerTemplate template = new LedgerTemplate(ledgers, LedgerSpec.of(new Quorum(3, 3, 2)));

    @Test
    void theLedgerHoldsTheText() {
        Outcome outcome = run("one\ntwo\n\nlast without line feed");

        assertThat(outcome.exitCode()).isZero();
        assertThat(((Outcome.Verified) outcome).summary().text())
                .contains("0 at E3/W3/A2")
                .contains("memory-0:3181, memory-1:3181, memory-2:3181")
                .contains("4 lines, 31 bytes")
                .contains("p99.9")
                .contains("line count and SHA-256 of the ledger match the input");
        assertThat(lines()).containsExactly("one\n", "two\n", "\n", "last without line feed");
    }

    @Test
    void anEarlierLedgerIsComparedWithoutWriting() throws IOException {
        run("one\ntwo\n");

        Outcome same = roundTrip().compareWith(text("one\ntwo\n"), new LedgerId(0));
        Outcome other = roundTrip().compareWith(text("one\nTWO\n"), new LedgerId(0));

        assertThat(((Outcome.Verified) same).summary().text())
                .contains("match the input")
                .doesNotContain("Written");
        assertThat(other.exitCode()).isEqualTo(4);
        assertThat(roundTrip().compareWith(text(""), new LedgerId(7)).exitCode())
                .isEqualTo(3);
    }

    @Test
    void anEmptyTextMakesAnEmptyLedger() {
        Outcome outcome = run("");

        assertThat(outcome.exitCode()).isZero();
        assertThat(((Outcome.Verified) outcome).summary().text())
                .contains("0 lines, 0 bytes")
                .contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void theShippedTextIsLongEnough() throws IOException {
        TextSource shipped = TextSource.open("");
        try (InputStream stream = shipped.stream()) {
            Outcome outcome = roundTrip().run(shipped);
            assertThat(outcome.exitCode()).isZero();
            assertThat(lines()).hasSizeGreaterThan(10_000);
            assertThat(shipped.size()).isPresent();
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void aLineAboveTheFrameNamesItselfAndKeepsWhatCameBefore() {
        Outcome outcome = run("one\ntwo\n" + "x".repeat(20_000) + "\nfour\n");

        assertThat(outcome)
                .isEqualTo(new Outcome.BadInput("Line 3 of test has 20,001 bytes and does not fit into a frame; raise"
                        + " daybook.client.max-frame-bytes (now 10,000) here and daybook.bookie.max-frame-size at the"
                        + " bookies, or break the line. Ledger 0 is closed and keeps the 2 lines before."));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(lines()).containsExactly("one\n", "two\n");
        assertThat(template.openWithRecovery(FIRST).isClosed()).isTrue();
    }

    /** The client has the last word, because only it knows what surrounds the line in a frame. */
    @Test
    void aLineThatTheClientRefusesIsExplainedTheSameWay() {
        ledgers.limitEntries(9_900);

        Outcome outcome = run("one\n" + "x".repeat(9_950) + "\nthree\n");

        assertThat(outcome).isInstanceOf(Outcome.BadInput.class);
        assertThat(((Outcome.BadInput) outcome).sentence())
                .startsWith("Line 2 of test has 9,951 bytes and does not fit into a frame")
                .endsWith("Ledger 0 is closed and keeps the 1 line before.");
        assertThat(lines()).containsExactly("one\n");
    }

    @Test
    void aFailingClusterGivesOneSentence() {
        ledgers.failAppendsFrom(2, new LedgerException(Reason.NOT_ENOUGH_BOOKIES, "only 1 of 3 bookies is writable"));

        Outcome outcome = run("one\ntwo\nthree\nfour\n");

        assertThat(outcome)
                .isEqualTo(new Outcome.LedgerFailed("Writing line 3 failed: only 1 of 3 bookies is writable."
                        + " Ledger 0 is closed and keeps the 2 lines before."));
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(lines()).containsExactly("one\n", "two\n");
    }

    @Test
    void noClusterNoLedger() {
        ledgers.close();

        assertThat(run("one\n"))
                .isEqualTo(new Outcome.LedgerFailed(
                        "Writing failed: the ledger client is closed. No ledger was created."));
    }

    @Test
    void aTextThatCannotBeReadToItsEndSaysWhere() {
        InputStream broken = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ < 4) {
                    return "one\n".charAt(given - 1);
                }
                throw new IOException("the cable is out");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };

        assertThat(roundTrip().run(new TextSource("test", broken, OptionalLong.empty())))
                .isEqualTo(new Outcome.BadInput("Reading test failed after line 1: the cable is out."
                        + " Ledger 0 is closed and keeps the 1 line before."));
    }

    @Test
    void aReaderThatSeesSomethingElseIsNoticed() {
        LedgerTemplate liar = new LedgerTemplate(ledgers, template.defaultSpec()) {
            @Override
            public long forEach(LedgerId ledger, Consumer<? super LedgerEntry> consumer) {
                return 0;
            }
        };

        Outcome outcome = new RoundTrip(liar, MAX_FRAME, OUTSTANDING, silent(), false).run(text("one\n"));

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(((Outcome.Differs) outcome).sentence())
                .contains("expected were 1 line ")
                .contains("read were 0 lines");
    }

    @Test
    void neverMoreLinesOnTheirWayThanAllowed() {
        ledgers.holdAcknowledgements();
        CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> run("line\n".repeat(500)));
        while (!running.isDone()) {
            if (ledgers.heldAtMost() == OUTSTANDING) { // From then on it need not fill up again: the text ends.
                ledgers.acknowledge();
            }
            Thread.onSpinWait();
        }

        assertThat(running.join().exitCode()).isZero();
        assertThat(ledgers.heldAtMost()).isEqualTo(OUTSTANDING);
    }

    private Outcome run(String text) {
        return roundTrip().run(text(text));
    }

    private RoundTrip roundTrip() {
        return new RoundTrip(template, MAX_FRAME, OUTSTANDING, silent(), false);
    }

    private static TextSource text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new TextSource("test", new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
    }

    private static PrintStream silent() {
        return new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        template.forEach(FIRST, entry -> lines.add(new String(entry.payload(), StandardCharsets.UTF_8)));
        return lines;
    }
}
