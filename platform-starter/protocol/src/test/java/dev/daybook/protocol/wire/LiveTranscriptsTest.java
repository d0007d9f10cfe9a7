package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.protocol.vectors.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Recorded connections to the peer's server, good and bad input. Where it closed the connection because it could not
 * decode a frame, our decoder refuses the frame; every other frame decodes. Every answer decodes to what the recording
 * says and encodes to the same bytes.
 */
class LiveTranscriptsTest {
    private static final int FRAME_BYTES_MAX = 5_242_880;
    private static final String CUT = "...";

    /** In this recording, connections were closed over what frames mean. All of them decode. */
    private static final String AUTH_FILE = "live-transcripts-auth.json";

    @TestFactory
    Stream<DynamicTest> connectionsWithoutAuthentication() {
        return connections("live-transcripts.json");
    }

    @TestFactory
    Stream<DynamicTest> connectionsWithAuthentication() {
        return connections(AUTH_FILE);
    }

    private static Stream<DynamicTest> connections(String file) {
        return Vectors.load(file).required("connections").values().stream()
                .map(connection -> DynamicTest.dynamicTest(
                        Vectors.text(connection, "connection"), () -> replay(connection, file.equals(AUTH_FILE))));
    }

    private static void replay(JsonNode connection, boolean everythingDecodes) throws MalformedFrameException {
        RequestDecoder decoder = new RequestDecoder();
        for (JsonNode step : connection.required("steps").values()) {
            boolean closed = step.required("serverClosedConnection").booleanValue();
            for (ByteBuf message : messages(Vectors.text(step, "requestHex"))) {
                if (closed && !everythingDecodes) {
                    assertThatExceptionOfType(MalformedFrameException.class)
                            .as(Vectors.text(step, "step"))
                            .isThrownBy(() -> decoder.decode(message));
                } else {
                    Buffers.release(decoder.decode(message));
                }
                assertThat(message.refCnt()).isEqualTo(1);
            }
            for (JsonNode response : step.required("responses").values()) {
                checkResponse(Vectors.text(response, "hex"), Vectors.text(response, "decoded"));
            }
        }
    }

    private static void checkResponse(String frameHex, String expected) throws MalformedFrameException {
        Generation generation = expected.startsWith("v3") ? Generation.V3 : Generation.V2;
        BookieResponse response = new ResponseDecoder(generation).decode(Vectors.message(frameHex));
        assertThat(ResponseText.of(response)).isEqualTo(expected);
        assertThat(Vectors.hex(ResponseEncoder.encode(UnpooledByteBufAllocator.DEFAULT, response)))
                .isEqualTo(frameHex);
    }

    /** The messages of a step. A frame whose length is refused already has none; one that the recording cuts is filled up. */
    private static List<ByteBuf> messages(String requestHex) {
        int cut = requestHex.indexOf(CUT);
        ByteBuf bytes = Vectors.buffer(cut < 0 ? requestHex : requestHex.substring(0, cut));
        List<ByteBuf> messages = new ArrayList<>();
        while (bytes.isReadable()) {
            int length = bytes.readInt();
            if (length < 0 || length + Integer.BYTES > FRAME_BYTES_MAX) {
                return messages;
            }
            int recorded = Math.min(length, bytes.readableBytes());
            messages.add(Unpooled.buffer(length).writeBytes(bytes, recorded).writeZero(length - recorded));
        }
        return messages;
    }
}
