package dev.daybook.interop.peer;

import java.nio.charset.StandardCharsets;
import org.apache.bookkeeper.client.AsyncCallback.AddCallback;
import org.apache.bookkeeper.client.BKException;
import org.apache.bookkeeper.client.BookKeeper;
import org.apache.bookkeeper.client.LedgerHandle;
import org.apache.bookkeeper.conf.ClientConfiguration;

/**
 * The official client under {@link AppendLoad}, three copies of which two are waited for, CRC32C. Arguments: metadata
 * URI, {@code v2} or {@code v3}, then those of the load.
 */
@SuppressWarnings("try") // The official client's close throws InterruptedException; nobody interrupts this process.
public final class PeerLoad {
    private PeerLoad() {}

    public static void main(String[] args) throws Exception {
        ClientConfiguration configuration = new ClientConfiguration();
        configuration.setMetadataServiceUri(args[0]);
        configuration.setUseV2WireProtocol(args[1].equals("v2"));
        configuration.setThrottleValue(0);
        AddCallback callback = (code, ledger, entryId, completion) -> {
            if (code == BKException.Code.OK) {
                ((AppendLoad.Completion) completion).completed();
            } else {
                ((AppendLoad.Completion) completion).failed(BKException.getMessage(code));
            }
        };
        try (BookKeeper client = new BookKeeper(configuration)) {
            LedgerHandle ledger =
                    client.createLedger(3, 3, 2, BookKeeper.DigestType.CRC32C, "load".getBytes(StandardCharsets.UTF_8));
            AppendLoad.parse(args, 2).run((payload, completion) -> ledger.asyncAddEntry(payload, callback, completion));
            ledger.close();
            client.deleteLedger(ledger.getId());
        }
        System.exit(0); // Threads of the official client may outlive it.
    }
}
