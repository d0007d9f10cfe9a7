package dev.daybook.interop;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerEntry;
import dev.daybook.client.LedgerException;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.ReadLedger;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.client.security.SecurityConfig;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.EntryId;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import dev.daybook.protocol.wire.Generation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Our client with the calls that these tests make, each waiting for its outcome. */
final class OurClient implements AutoCloseable {
    static final LedgerPassword PASSWORD = LedgerPassword.of("pw");

    private final LedgerClient client;

    OurClient(String metadataUri, Generation generation) {
        this(metadataUri, generation, SecurityConfig.NONE);
    }

    OurClient(String metadataUri, Generation generation, SecurityConfig security) {
        client = LedgerClients.connect(ClientConfig.of(MetadataUri.parse(metadataUri))
                .withGeneration(generation)
                .withSecurity(security));
    }

    AppendLedger create(Quorum quorum, DigestType digest) {
        return await(client.create(LedgerSpec.of(quorum).withDigest(digest).withPassword(PASSWORD)));
    }

    LedgerClient client() {
        return client;
    }

    /** The value of a custom property in the ledger's record. */
    String custom(long ledger, String key) {
        byte[] value = await(client.admin().ledger(new LedgerId(ledger)))
                .orElseThrow()
                .value()
                .custom()
                .get(key);
        return value == null ? "none" : new String(value, StandardCharsets.UTF_8);
    }

    static void append(AppendLedger ledger, int count, int size) {
        List<CompletionStage<EntryId>> pending = new ArrayList<>();
        long next = ledger.lastAddConfirmed() + 1;
        for (int i = 0; i < count; i++) {
            pending.add(ledger.append(Payloads.payload(next + i, size)));
        }
        pending.forEach(OurClient::await);
    }

    String read(long ledger, boolean recover) {
        LedgerId id = new LedgerId(ledger);
        try (ReadLedger reader = await(recover ? client.openWithRecovery(id, PASSWORD) : client.open(id, PASSWORD))) {
            MessageDigest sha = Payloads.sha256();
            long last = reader.lastAddConfirmed();
            long length = 0;
            for (long from = 0; from <= last; from += 100) {
                for (LedgerEntry entry : await(reader.read(from, Math.min(last, from + 99)))) {
                    sha.update(entry.payload());
                    length = entry.length();
                }
            }
            return last + " " + length + " " + HexFormat.of().formatHex(sha.digest());
        }
    }

    /** As {@link #read} without recovery, by batches. */
    String readBatches(long ledger, int count, long bytes) {
        try (ReadLedger reader = open(ledger)) {
            MessageDigest sha = Payloads.sha256();
            long last = reader.lastAddConfirmed();
            long length = 0;
            for (long next = 0; next <= last; ) {
                for (LedgerEntry entry : await(reader.readBatch(next, count, bytes))) {
                    if (entry.id().value() != next) {
                        throw new AssertionError("expected entry " + next + ", was " + entry.id());
                    }
                    sha.update(entry.payload());
                    length = entry.length();
                    next++;
                }
            }
            return last + " " + length + " " + HexFormat.of().formatHex(sha.digest());
        }
    }

    ReadLedger open(long ledger) {
        return await(client.open(new LedgerId(ledger), PASSWORD));
    }

    /** Why the ledger cannot be opened. */
    LedgerException.Reason openFailure(long ledger) {
        return failureOf(client.open(new LedgerId(ledger), PASSWORD));
    }

    void delete(long ledger) {
        await(client.delete(new LedgerId(ledger)));
    }

    /** Why an operation failed. */
    static LedgerException.Reason failureOf(CompletionStage<?> stage) {
        return refusalOf(stage).reason();
    }

    /** What an operation failed with. */
    static LedgerException refusalOf(CompletionStage<?> stage) {
        try {
            await(stage);
        } catch (LedgerException e) {
            return e;
        }
        throw new AssertionError("expected a failure");
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof LedgerException failure) {
                throw failure;
            }
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new AssertionError("no outcome within a minute", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
