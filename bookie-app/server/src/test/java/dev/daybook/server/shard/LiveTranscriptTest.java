package dev.daybook.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.metrics.BookieMetrics;
import dev.daybook.protocol.wire.BookieRequest;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.RequestDecoder;
import dev.daybook.protocol.wire.ResponseEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Says to the bookie what was said to the reference, and expects the bytes that the reference answered. */
class LiveTranscriptTest {
    private static final Path TRANSCRIPTS =
            Path.of("../../platform-starter/protocol/src/test/resources/vectors/live-transcripts.json");

    /** Where the specification asks for something better than what the reference answers. */
    private static final Map<String, String> DEVIATIONS = Map.of(
            "read 42/-2", "BAD_REQUEST",
            "add 44/-3 (negative entry id in the body)", "BAD_REQUEST",
            "read 44/-3", "BAD_REQUEST",
            "READ_LAC of that ledger", "OK");

    /** What the network side does, or what depends on the machine and the hour. */
    private static final Set<String> STATUS_ONLY = Set.of(
            "GET_BOOKIE_INFO requested=1",
            "GET_BOOKIE_INFO requested=2",
            "GET_BOOKIE_INFO requested=3",
            "long poll previousLAC=0 timeout 5000 followed at once by add 70/2 lac 1 on the same connection");

    @TempDir
    Path directory;

    @Test
    void answersAsTheReferenceDid() throws Exception {
        JsonNode transcripts = new ObjectMapper().readTree(TRANSCRIPTS.toFile());
        StorageConfig config =
                StorageConfig.of(List.of(directory.resolve("journal")), List.of(directory.resolve("ledgers")));
        int compared = 0;
        try (Bookie bookie = Bookie.open(config, BookieMetrics.NONE)) {
            bookie.start(new RecordedEvents());
            for (JsonNode connection : transcripts.get("connections")) {
                RequestDecoder decoder = new RequestDecoder();
                for (JsonNode step : connection.get("steps")) {
                    compared += compare(bookie, decoder, step);
                }
            }
        }
        assertThat(compared).isGreaterThan(110);
    }

    private static int compare(Bookie bookie, RequestDecoder decoder, JsonNode step) throws Exception {
        String name = step.get("step").asString();
        List<BookieRequest> requests = decode(decoder, step.get("requestHex").asString());
        List<String> expected = new ArrayList<>();
        step.get("responses")
                .forEach(response -> expected.add(response.get("hex").asString()));
        if (requests.isEmpty() || step.get("serverClosedConnection").asBoolean()) {
            return 0;
        }
        List<CompletableFuture<BookieResponse>> answers = new ArrayList<>();
        for (BookieRequest request : requests) {
            CompletableFuture<BookieResponse> answer = new CompletableFuture<>();
            bookie.execute(request, answer::complete);
            answers.add(answer);
        }
        List<String> actual = new ArrayList<>();
        for (CompletableFuture<BookieResponse> answer : answers) {
            BookieResponse response = answer.get(30, TimeUnit.SECONDS);
            if (DEVIATIONS.containsKey(name)) {
                assertThat(response.status().name()).as(name).isEqualTo(DEVIATIONS.get(name));
                return 1;
            }
            actual.add(hex(response));
        }
        if (STATUS_ONLY.contains(name)) {
            assertThat(actual).as(name).hasSameSizeAs(expected);
        } else {
            assertThat(actual).as(name).containsExactlyInAnyOrderElementsOf(expected);
        }
        return 1;
    }

    private static List<BookieRequest> decode(RequestDecoder decoder, String hex) {
        if (hex.contains("...")) {
            return List.of(); // Abbreviated in the transcript.
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        List<BookieRequest> requests = new ArrayList<>();
        while (bytes.readableBytes() >= Integer.BYTES) {
            int length = bytes.readInt();
            if (length <= 0 || length > bytes.readableBytes()) {
                return List.of();
            }
            try {
                BookieRequest request = decoder.decode(bytes.readSlice(length));
                if (request instanceof BookieRequest.Auth || request instanceof BookieRequest.StartTls) {
                    return List.of();
                }
                requests.add(request);
            } catch (MalformedFrameException e) {
                return List.of();
            }
        }
        return requests;
    }

    private static String hex(BookieResponse response) {
        ByteBuf frame = ResponseEncoder.encode(UnpooledByteBufAllocator.DEFAULT, response);
        try {
            return ByteBufUtil.hexDump(frame);
        } finally {
            frame.release();
        }
    }
}
