package dev.daybook.bench.client;

import dev.daybook.client.AppendLedger;
import dev.daybook.client.ClientConfig;
import dev.daybook.client.LedgerClient;
import dev.daybook.client.LedgerClients;
import dev.daybook.client.LedgerSpec;
import dev.daybook.client.meta.MetadataUri;
import dev.daybook.protocol.model.Quorum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Opens many ledgers for writing, appends to each of them in rounds, and tells what the process holds while all are
 * open. Arguments: metadata URI, ledgers, rounds, file for the result.
 */
public final class OpenHandles {
    private static final int AT_ONCE = 200;
    private static final double KILO = 1024;
    private static final double MILLION = 1e6;

    private OpenHandles() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        byte[] payload = new byte[1024];
        LedgerSpec spec = LedgerSpec.of(new Quorum(3, 3, 2));
        List<AppendLedger> open = new ArrayList<>();
        try (LedgerClient client = LedgerClients.connect(ClientConfig.of(MetadataUri.parse(args[0])))) {
            for (int first = 0; first < count; first += AT_ONCE) {
                List<CompletableFuture<AppendLedger>> some = new ArrayList<>();
                for (int i = first; i < Math.min(count, first + AT_ONCE); i++) {
                    some.add(client.create(spec).toCompletableFuture());
                }
                some.forEach(creation -> open.add(creation.join()));
            }
            for (int round = 0; round < rounds; round++) {
                for (int first = 0; first < count; first += AT_ONCE) {
                    List<CompletableFuture<?>> appends = new ArrayList<>();
                    for (AppendLedger ledger : open.subList(first, Math.min(count, first + AT_ONCE))) {
                        appends.add(ledger.append(payload).toCompletableFuture());
                    }
                    appends.forEach(CompletableFuture::join);
                }
            }
            System.gc();
            Runtime heap = Runtime.getRuntime();
            Files.write(
                    Path.of(args[3]),
                    List.of(
                            String.format(Locale.ROOT, "handles %d", open.size()),
                            String.format(
                                    Locale.ROOT,
                                    "heapMegabytes %.1f",
                                    (heap.totalMemory() - heap.freeMemory()) / MILLION),
                            String.format(Locale.ROOT, "residentMegabytes %.1f", residentBytes() / MILLION)));
        }
    }

    private static double residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) * KILO;
            }
        }
        return Double.NaN;
    }
}
