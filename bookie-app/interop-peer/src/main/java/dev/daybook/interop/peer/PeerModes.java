package dev.daybook.interop.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.bookkeeper.client.BKException;
import org.apache.bookkeeper.client.BookKeeper;
import org.apache.bookkeeper.client.LedgerHandle;
import org.apache.bookkeeper.client.api.DigestType;
import org.apache.bookkeeper.client.api.LastConfirmedAndEntry;
import org.apache.bookkeeper.client.api.WriteFlag;

/** What a ledger of the official client can be besides plain. */
@SuppressWarnings("try") // As at PeerClient.
final class PeerModes {
    private static final long GENERATED = -1;

    private final BookKeeper client;

    PeerModes(BookKeeper client) {
        this.client = client;
    }

    LedgerHandle createAdvanced(String[] words) throws Exception {
        long ledger = Long.parseLong(words[1]);
        int ensemble = Integer.parseInt(words[2]);
        int write = Integer.parseInt(words[3]);
        int ack = Integer.parseInt(words[4]);
        BookKeeper.DigestType digest = BookKeeper.DigestType.valueOf(words[5]);
        byte[] password = words[6].getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> custom = Map.of(words[7], words[8].getBytes(StandardCharsets.UTF_8));
        return ledger == GENERATED
                ? client.createLedgerAdv(ensemble, write, ack, digest, password, custom)
                : client.createLedgerAdv(ledger, ensemble, write, ack, digest, password, custom);
    }

    LedgerHandle createDeferred(String[] words) throws Exception {
        return (LedgerHandle) client.newCreateLedgerOp()
                .withEnsembleSize(Integer.parseInt(words[1]))
                .withWriteQuorumSize(Integer.parseInt(words[2]))
                .withAckQuorumSize(Integer.parseInt(words[3]))
                .withDigestType(DigestType.valueOf(words[4]))
                .withPassword(words[5].getBytes(StandardCharsets.UTF_8))
                .withWriteFlags(WriteFlag.DEFERRED_SYNC)
                .execute()
                .get();
    }

    static String addIds(LedgerHandle handle, int size, String ids) throws Exception {
        List<Long> acknowledged = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String id : ids.split(",", -1)) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            all.add(done);
            byte[] payload = PeerClient.Payloads.payload(Long.parseLong(id), size);
            handle.asyncAddEntry(
                    Long.parseLong(id),
                    payload,
                    0,
                    size,
                    (org.apache.bookkeeper.client.AsyncCallback.AddCallback) (code, same, entry, context) -> {
                        if (code == BKException.Code.OK) {
                            acknowledged.add(entry);
                            done.complete(null);
                        } else {
                            done.completeExceptionally(BKException.create(code));
                        }
                    },
                    null);
        }
        for (CompletableFuture<Void> done : all) {
            PeerStream.await(done);
        }
        return acknowledged.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static String force(LedgerHandle handle) throws Exception {
        PeerStream.await(handle.force());
        return Long.toString(handle.getLastAddConfirmed());
    }

    String custom(long ledger, String key) throws Exception {
        byte[] value = client.getLedgerManager()
                .readLedgerMetadata(ledger)
                .get()
                .getValue()
                .getCustomMetadata()
                .get(key);
        return value == null ? "none" : new String(value, StandardCharsets.UTF_8);
    }

    String explicit(String[] words) throws Exception {
        try (LedgerHandle handle = open(words)) {
            return Long.toString(handle.readExplicitLastConfirmed());
        }
    }

    String awaitLac(String[] words) throws Exception {
        try (LedgerHandle handle = open(words);
                LastConfirmedAndEntry found = handle.readLastAddConfirmedAndEntryAsync(
                                Long.parseLong(words[4]), Long.parseLong(words[5]), false)
                        .get()) {
            return found.getLastAddConfirmed() + " " + found.hasEntry();
        }
    }

    private LedgerHandle open(String[] words) throws Exception {
        return client.openLedgerNoRecovery(
                Long.parseLong(words[1]),
                BookKeeper.DigestType.valueOf(words[2]),
                words[3].getBytes(StandardCharsets.UTF_8));
    }
}
