package dev.daybook.client.meta;

import dev.daybook.client.LedgerException;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.Fragment;
import dev.daybook.protocol.model.LedgerId;
import dev.daybook.protocol.model.LedgerMetadata;
import dev.daybook.protocol.model.LedgerMetadata.Credentials;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.model.Quorum;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;

/** Values that tests of metadata stores use. */
public final class Samples {
    private static final long WAIT_SECONDS = 60;

    private Samples() {}

    public static LedgerId ledger(long id) {
        return new LedgerId(id);
    }

    public static BookieId bookie(String id) {
        return new BookieId(id);
    }

    /** An open ledger of three bookies. */
    public static LedgerMetadata metadata(long creationToken) {
        return LedgerMetadata.open(
                new Quorum(3, 2, 2),
                new Fragment(0, List.of(bookie("a:1"), bookie("b:1"), bookie("c-3"))),
                new Credentials(DigestType.CRC32C, LedgerPassword.of("secret")),
                Map.of("application", "test".getBytes(StandardCharsets.UTF_8)),
                creationToken);
    }

    public static LedgerMetadata withFormat(LedgerMetadata metadata, int format) {
        return new LedgerMetadata(
                format,
                metadata.quorum(),
                metadata.state(),
                metadata.fragments(),
                metadata.credentials(),
                metadata.end(),
                metadata.createdMillis(),
                metadata.custom(),
                metadata.creationToken());
    }

    /** Ids in many directories and in both trees of the hierarchical layout, ascending. */
    public static List<LedgerId> spreadLedgers() {
        return LongStream.of(
                        0,
                        3,
                        9_999,
                        10_000,
                        100_000_000,
                        2_147_483_646L,
                        2_147_483_647L,
                        2_147_483_648L,
                        4_294_967_296L,
                        1_234_567_890_123_456_789L,
                        Long.MAX_VALUE)
                .mapToObj(LedgerId::new)
                .toList();
    }

    public static BookieServiceInfo service(String host, int port) {
        return new BookieServiceInfo(
                List.of(
                        new BookieEndpoint("httpserver", "0.0.0.0", 8080, "http", List.of(), List.of()),
                        new BookieEndpoint("bookie", host, port, BookieEndpoint.BOOKIE_RPC, List.of(), List.of())),
                Map.of("zone", "a"));
    }

    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LedgerException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
