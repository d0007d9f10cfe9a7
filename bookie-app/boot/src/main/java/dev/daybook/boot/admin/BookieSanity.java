package dev.daybook.boot.admin;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether a bookie keeps entries, by a small ledger of its own; one at a time. Thread-safe. */
final class BookieSanity {
    private static final Logger LOG = LoggerFactory.getLogger(BookieSanity.class);
    private static final int ENTRIES = 10;

    private final OperatorClient client;

    BookieSanity(OperatorClient client) {
        this.client = client;
    }

    /** Writes, closes, reads back and deletes. False if anything of it failed; the log says what. */
    synchronized boolean test(BookieId bookie) {
        LedgerClient connected = client.get();
        LedgerSpec spec = LedgerSpec.of(new Quorum(1, 1, 1))
                .withDigest(DigestType.MAC)
                .withPassword(LedgerPassword.EMPTY)
                .withEnsemble(List.of(bookie));
        try (AppendLedger writer = RunningBookie.await(connected.create(spec))) {
            try {
                return writes(writer, bookie) && readsBack(connected, writer.id());
            } finally {
                RunningBookie.await(connected.delete(writer.id()));
            }
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof LedgerException reason) {
                LOG.warn("The bookie {} failed its sanity test: {}", bookie, reason.getMessage());
                return false;
            }
            throw failure;
        }
    }

    /** False also if another bookie had to take over. */
    private static boolean writes(AppendLedger writer, BookieId bookie) {
        List<CompletionStage<?>> appends = new ArrayList<>();
        for (int entry = 0; entry < ENTRIES; entry++) {
            appends.add(writer.append(content(entry)));
        }
        appends.forEach(RunningBookie::await);
        LedgerMetadata closed = RunningBookie.await(writer.closeLedger());
        boolean faithful = closed.fragments().stream()
                .allMatch(fragment -> fragment.ensemble().equals(List.of(bookie)));
        if (!faithful) {
            LOG.warn("The bookie {} failed its sanity test: another one had to take its entries.", bookie);
        }
        return faithful;
    }

    private static boolean readsBack(LedgerClient client, LedgerId ledger) {
        try (ReadLedger reader = RunningBookie.await(client.open(ledger, LedgerPassword.EMPTY))) {
            List<LedgerEntry> entries = RunningBookie.await(reader.read(0, ENTRIES - 1));
            return entries.size() == ENTRIES
                    && entries.stream()
                            .allMatch(entry -> Arrays.equals(
                                    entry.payload(), content((int) entry.id().value())));
        }
    }

    private static byte[] content(int entry) {
        return ("sanity entry " + entry).getBytes(StandardCharsets.UTF_8);
    }
}
