package dev.daybook.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.AdvancedAppendLedger;
import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.TailResult;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Durability;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chosen ids, custom metadata, explicit last-add-confirmed and deferred sync, from either client to the other. */
abstract class WritingModeCases extends InteroperationCases {
    private static final LedgerSpec SPEC =
            LedgerSpec.of(new Quorum(3, 3, 2)).withDigest(DigestType.CRC32C).withPassword(OurClient.PASSWORD);
    private static final int SIZE = 300;
    private static final String DUPLICATE_ENTRY = "error -22 ";
    private static final String LEDGER_EXISTS = "error -20 ";
    private static final Duration TAIL = Duration.ofSeconds(20);

    /** Far from what the generator gives out; each cluster is new. */
    private final AtomicLong chosenLedgers = new AtomicLong(7_000_000_000L);

    @ParameterizedTest
    @EnumSource(Generation.class)
    void theOfficialClientChoosesIdsAndOursReads(Generation generation) {
        OfficialClient theirs = official(generation);
        long ledger = chosenLedgers.incrementAndGet();
        String create = "createadv %d 3 3 2 CRC32C pw topic blue".formatted(ledger);
        assertThat(theirs.ask(create)).isEqualTo(Long.toString(ledger));
        assertThat(theirs.ask("addids %d %d 5,4,0,2,1,3".formatted(ledger, SIZE)))
                .isEqualTo("0,1,2,3,4,5");
        assertThat(theirs.tell("addids %d %d 3".formatted(ledger, SIZE))).startsWith(DUPLICATE_ENTRY);

        assertThat(withoutLength(ours(generation).read(ledger, true)))
                .isEqualTo(withoutLength(Payloads.summary(6, SIZE)));
        assertThat(ours(generation).custom(ledger, "topic")).isEqualTo("blue");
        assertThat(OurClient.failureOf(
                        ours(generation).client().createAdvanced(SPEC.withLedgerId(new LedgerId(ledger)))))
                .isEqualTo(LedgerException.Reason.LEDGER_EXISTS);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void oursChoosesIdsAndTheOfficialClientReads(Generation generation) {
        LedgerId id = new LedgerId(chosenLedgers.incrementAndGet());
        LedgerSpec spec = SPEC.withLedgerId(id).withCustom(Map.of("topic", "red".getBytes(StandardCharsets.UTF_8)));
        AdvancedAppendLedger writer = OurClient.await(ours(generation).client().createAdvanced(spec));
        List<Long> acknowledged = new CopyOnWriteArrayList<>();
        List<CompletionStage<Void>> all = new ArrayList<>();
        for (long entry : new long[] {5, 4, 0, 2, 1, 3}) {
            all.add(writer.append(new EntryId(entry), Payloads.payload(entry, SIZE))
                    .thenAccept(done -> acknowledged.add(done.value())));
        }
        all.forEach(OurClient::await);
        assertThat(acknowledged).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        OfficialClient theirs = official(generation);
        assertThat(theirs.tell("createadv %s 3 3 2 CRC32C pw topic green".formatted(id)))
                .startsWith(LEDGER_EXISTS);
        // The writer is open still: recovery takes over what it has acknowledged.
        assertThat(withoutLength(theirs.ask("read %s CRC32C pw recover".formatted(id))))
                .isEqualTo(withoutLength(Payloads.summary(6, SIZE)));
        assertThat(theirs.ask("custom %s topic".formatted(id))).isEqualTo("red");
        assertThat(OurClient.failureOf(writer.append(new EntryId(6), new byte[1])))
                .isEqualTo(LedgerException.Reason.LEDGER_FENCED);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void aSilentOfficialWriterTellsOurTail(Generation generation) {
        try (OfficialClient writer = programs().officialClient(uri(), name(generation), 50)) {
            long ledger = Long.parseLong(writer.ask("create 3 3 2 CRC32C pw"));
            writer.ask("add %d 1 %d".formatted(ledger, SIZE));
            try (ReadLedger reader = ours(generation).open(ledger)) {
                assertThat(OurClient.await(reader.awaitEntry(0, TAIL))).isInstanceOf(TailResult.Arrived.class);
                CompletionStage<TailResult> next = reader.awaitEntry(3, TAIL);
                writer.ask("add %d 3 %d".formatted(ledger, SIZE));
                assertThat(OurClient.await(next))
                        .as("the last entry, and no other follows")
                        .isInstanceOf(TailResult.Arrived.class);
                assertThat(OurClient.await(reader.readLastAddConfirmed())).isEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void ourSilentWriterTellsAnOfficialTail(Generation generation) {
        AppendLedger writer = OurClient.await(ours(generation).client().create(SPEC));
        OurClient.append(writer, 3, SIZE);
        OfficialClient theirs = official(Generation.V3);
        assertThat(theirs.ask("awaitlac %s CRC32C pw 2 15000".formatted(writer.id())))
                .as("the last entry, and no other follows")
                .isEqualTo("2 true");
        assertThat(theirs.ask("explicit %s CRC32C pw".formatted(writer.id()))).isEqualTo("2");
        assertThat(theirs.ask("tail %s CRC32C pw".formatted(writer.id())))
                .as("opened anew it may know the entries only")
                .isIn("1", "2");
    }

    @Test
    void theOfficialClientDefersAndOursSeesWhatIsForced() {
        try (OfficialClient writer = programs().officialClient(uri(), "v3", 50)) {
            long ledger = Long.parseLong(writer.ask("createdeferred 3 3 2 CRC32C pw"));
            writer.ask("add %d 20 %d".formatted(ledger, SIZE));
            try (ReadLedger reader = ours(Generation.V3).open(ledger)) {
                assertThat(OurClient.await(reader.readLastAddConfirmed())).isEqualTo(-1);
                assertThat(writer.ask("force %d".formatted(ledger))).isEqualTo("19");
                assertThat(OurClient.await(reader.awaitEntry(19, TAIL))).isInstanceOf(TailResult.Arrived.class);
            }
            assertThat(ours(Generation.V3).read(ledger, true)).isEqualTo(Payloads.summary(20, SIZE));
            assertThat(writer.tell("add %d 1 %d".formatted(ledger, SIZE))).startsWith("error -101 ");
        }
    }

    @Test
    void oursDefersAndTheOfficialClientSeesWhatIsForced() {
        AppendLedger writer =
                OurClient.await(ours(Generation.V3).client().create(SPEC.withDurability(Durability.DEFERRED_SYNC)));
        List<CompletionStage<EntryId>> appends = new ArrayList<>();
        for (long entry = 0; entry < 20; entry++) {
            appends.add(writer.append(Payloads.payload(entry, SIZE)));
        }
        appends.forEach(OurClient::await);
        OfficialClient theirs = official(Generation.V3);
        assertThat(theirs.ask("tail %s CRC32C pw".formatted(writer.id()))).isEqualTo("-1");
        assertThat(OurClient.await(writer.force())).isEqualTo(19);
        assertThat(theirs.ask("awaitlac %s CRC32C pw 0 15000".formatted(writer.id())))
                .isEqualTo("19 true");
        assertThat(theirs.ask("read %s CRC32C pw recover".formatted(writer.id())))
                .isEqualTo(Payloads.summary(20, SIZE));
        assertThat(OurClient.failureOf(writer.append(new byte[1]))).isEqualTo(LedgerException.Reason.LEDGER_FENCED);
    }

    private static String name(Generation generation) {
        return generation.name().toLowerCase(Locale.ROOT);
    }

    /** Ids that come in any order leave lengths in the headers that fit no order. */
    private static String withoutLength(String summary) {
        String[] words = summary.split(" ", -1);
        return words[0] + " " + words[2];
    }
}
