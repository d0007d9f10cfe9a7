package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.vectors.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Answers of the peer's encoder: they decode to what the recording says and encode to the same bytes again. */
class ResponseVectorsTest {
    @TestFactory
    Stream<DynamicTest> v3Responses() {
        return Vectors.list("v3-response-frames.json").stream().map(vector -> {
            String decoded = "v3 " + Vectors.text(vector, "decoded");
            return DynamicTest.dynamicTest(
                    Vectors.text(vector, "name"), () -> checkV3(Vectors.text(vector, "frameHex"), decoded));
        });
    }

    @TestFactory
    Stream<DynamicTest> v2Responses() {
        return Vectors.list("v2-frames.json").stream()
                .filter(vector -> Vectors.text(vector, "name").endsWith("response"))
                .map(vector -> DynamicTest.dynamicTest(
                        Vectors.text(vector, "name") + " " + vector.required("params"), () -> checkV2(vector)));
    }

    private static void checkV3(String frameHex, String expected) throws MalformedFrameException {
        BookieResponse response = new ResponseDecoder(Generation.V3).decode(Vectors.message(frameHex));
        assertThat(ResponseText.of(response)).isEqualTo(expected);
        assertThat(Vectors.hex(ResponseEncoder.encode(UnpooledByteBufAllocator.DEFAULT, response)))
                .isEqualTo(frameHex);
    }

    private static void checkV2(JsonNode vector) throws MalformedFrameException {
        String frameHex = Vectors.text(vector, "frameHex");
        BookieResponse decoded = new ResponseDecoder(Generation.V2).decode(Vectors.message(frameHex));
        BookieResponse expected = expectedV2(Vectors.text(vector, "name"), vector.required("params"));
        assertThat(MessageText.of(decoded)).isEqualTo(MessageText.of(expected));
        assertThat(Vectors.hex(ResponseEncoder.encode(UnpooledByteBufAllocator.DEFAULT, expected)))
                .isEqualTo(frameHex);
        Buffers.release(decoded);
    }

    private static BookieResponse expectedV2(String name, JsonNode params) {
        if (name.startsWith("auth")) {
            return new BookieResponse.Auth(
                    FrameHeader.v2(Operation.AUTH),
                    Status.OK,
                    Optional.of(new AuthMessage(
                            Vectors.text(params, "authPluginName"), Vectors.bytes(params, "payloadHex"))));
        }
        Status status = Status.ofV2Code(params.required("errorCode").intValue()).orElseThrow();
        long ledgerId = params.required("ledgerId").longValue();
        long entryId = params.required("entryId").longValue();
        if (name.startsWith("add")) {
            return new BookieResponse.Add(FrameHeader.v2(Operation.ADD), status, ledgerId, entryId);
        }
        if (name.startsWith("read")) {
            Optional<ByteBuf> body = params.has("entryHex")
                    ? Optional.of(Vectors.buffer(Vectors.text(params, "entryHex")))
                    : Optional.empty();
            return new BookieResponse.Read(
                    FrameHeader.v2(Operation.READ),
                    status,
                    ledgerId,
                    entryId,
                    body,
                    OptionalLong.empty(),
                    OptionalLong.empty());
        }
        long requestId = params.required("requestId").longValue();
        List<ByteBuf> entries = params.path("entriesHex").values().stream()
                .map(hex -> Vectors.buffer(hex.stringValue()))
                .toList();
        return new BookieResponse.BatchRead(
                new FrameHeader(Generation.V2, Operation.BATCH_READ, 2, requestId, 0),
                status,
                ledgerId,
                entryId,
                entries);
    }
}
