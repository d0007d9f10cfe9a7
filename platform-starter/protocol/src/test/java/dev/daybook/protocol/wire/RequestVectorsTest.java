package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.protocol.digest.EntryDigest;
import dev.daybook.protocol.digest.LedgerKeys;
import dev.daybook.protocol.model.DigestType;
import dev.daybook.protocol.model.LedgerPassword;
import dev.daybook.protocol.vectors.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Requests of the peer's client: built from their parameters they encode to its bytes, and its bytes decode to them. */
class RequestVectorsTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    @TestFactory
    Stream<DynamicTest> v3Requests() {
        return tests(Vectors.list("v3-request-frames.json"), Generation.V3);
    }

    @TestFactory
    Stream<DynamicTest> v2Requests() {
        return tests(
                Vectors.list("v2-frames.json").stream()
                        .filter(vector -> !Vectors.text(vector, "name").endsWith("response"))
                        .toList(),
                Generation.V2);
    }

    @TestFactory
    Stream<DynamicTest> v2AddsOfEveryDigestType() {
        return Vectors.list("entries.json").stream()
                .map(vector -> DynamicTest.dynamicTest(
                        Vectors.text(vector, "digestType") + " " + vector.required("ledgerId"), () -> {
                            String frameHex = Vectors.text(vector, "v2AddFrameHex");
                            BookieRequest.Add add =
                                    (BookieRequest.Add) new RequestDecoder().decode(Vectors.message(frameHex));
                            assertThat(ByteBufUtil.hexDump(add.body())).isEqualTo(Vectors.text(vector, "entryHex"));
                            assertThat(add.masterKey())
                                    .isEqualTo(LedgerKeys.masterKey(
                                            LedgerPassword.of(Vectors.bytes(vector, "passwordHex"))));
                            assertThat(add.entryId())
                                    .isEqualTo(vector.required("entryId").longValue());
                            assertThat(Vectors.hex(RequestEncoder.encode(ALLOCATOR, add)))
                                    .isEqualTo(frameHex);
                        }));
    }

    @Test
    void transactionsCountUpFromOne() throws MalformedFrameException {
        List<Long> counted = new ArrayList<>();
        for (JsonNode vector : Vectors.list("v3-request-frames.json")) {
            BookieRequest request = decode(vector);
            Buffers.release(request);
            JsonNode given = vector.required("params").path("txnId");
            long expected = given.isMissingNode() ? counted.size() + 1 : given.longValue();
            assertThat(request.header().txnId()).isEqualTo(expected);
            counted.add(expected);
        }
        assertThat(counted).hasSize(20);
    }

    private static Stream<DynamicTest> tests(List<JsonNode> vectors, Generation generation) {
        return vectors.stream().map(vector -> {
            String name = Vectors.text(vector, "name");
            boolean onV3Connection = generation == Generation.V3 || name.contains("v3 frame");
            return DynamicTest.dynamicTest(
                    name + " " + vector.required("params"),
                    () -> check(vector, onV3Connection ? Generation.V3 : generation));
        });
    }

    private static void check(JsonNode vector, Generation generation) throws MalformedFrameException {
        BookieRequest decoded = decode(vector);
        BookieRequest expected =
                new Expected(vector, generation, decoded.header().txnId()).request();
        assertThat(MessageText.of(decoded)).isEqualTo(MessageText.of(expected));
        Buffers.release(decoded);
        String hex = Vectors.hex(RequestEncoder.encode(ALLOCATOR, expected));
        if (vector.required("params").has("requestContext")) {
            // We send no logging context. The peer's stands at the end of the message.
            assertThat(Vectors.text(vector, "frameHex").substring(8)).startsWith(hex.substring(8));
        } else {
            assertThat(hex).isEqualTo(Vectors.text(vector, "frameHex"));
        }
    }

    private static BookieRequest decode(JsonNode vector) throws MalformedFrameException {
        return new RequestDecoder().decode(Vectors.message(Vectors.text(vector, "frameHex")));
    }

    /** The request that the parameters of a vector describe. */
    private record Expected(JsonNode vector, Generation generation, long txnId) {
        BookieRequest request() {
            String name = Vectors.text(vector, "name");
            if (name.startsWith("batch read")) {
                return batchRead();
            }
            if (name.contains("add")) {
                return add();
            }
            if (name.startsWith("write lac")) {
                return writeLac();
            }
            if (name.startsWith("read lac")) {
                return new BookieRequest.ReadLac(header(Operation.READ_LAC), number("ledgerId"));
            }
            if (name.startsWith("force")) {
                return new BookieRequest.Force(header(Operation.FORCE), number("ledgerId"));
            }
            if (name.startsWith("get list")) {
                return new BookieRequest.EntryList(header(Operation.ENTRY_LIST), number("ledgerId"));
            }
            if (name.startsWith("get bookie info")) {
                return new BookieRequest.BookieInfo(header(Operation.BOOKIE_INFO), number("requested"));
            }
            if (name.startsWith("auth")) {
                return auth();
            }
            if (name.startsWith("start TLS")) {
                return new BookieRequest.StartTls(header(Operation.START_TLS), true);
            }
            return read();
        }

        private BookieRequest add() {
            ByteBuf payload = Unpooled.copiedBuffer(text("payloadUtf8"), StandardCharsets.UTF_8);
            ByteBuf body = digest().pack(
                            ALLOCATOR, number("ledgerId"), number("entryId"), number("lac"), number("length"), payload);
            return new BookieRequest.Add(
                    header(Operation.ADD),
                    number("ledgerId"),
                    number("entryId"),
                    masterKey().orElseThrow(),
                    body,
                    params().path("flags").asString("").contains("RECOVERY_ADD"),
                    params().path("writeFlags").asInt(0));
        }

        private BookieRequest read() {
            Optional<BookieRequest.LongPoll> longPoll = params().has("previousLAC")
                    ? Optional.of(new BookieRequest.LongPoll(
                            number("previousLAC"),
                            OptionalLong.of(number("timeOutMs")),
                            params().required("piggyback").booleanValue()))
                    : Optional.empty();
            return new BookieRequest.Read(
                    header(Operation.READ), number("ledgerId"), number("entryId"), isFencing(), masterKey(), longPoll);
        }

        private BookieRequest batchRead() {
            return new BookieRequest.BatchRead(
                    new FrameHeader(Generation.V2, Operation.BATCH_READ, 2, txnId, priority()),
                    number("ledgerId"),
                    number("startEntryId"),
                    (int) number("maxCount"),
                    number("maxSize"),
                    isFencing(),
                    masterKey());
        }

        private BookieRequest writeLac() {
            return new BookieRequest.WriteLac(
                    header(Operation.WRITE_LAC),
                    number("ledgerId"),
                    number("lac"),
                    masterKey().orElseThrow(),
                    digest().packLac(ALLOCATOR, number("ledgerId"), number("lac")));
        }

        private BookieRequest auth() {
            String payloadHex = params().path("payloadHex").asString("");
            return new BookieRequest.Auth(
                    header(Operation.AUTH),
                    Optional.of(new AuthMessage(
                            text("authPluginName"), Vectors.buffer(payloadHex).array())));
        }

        private FrameHeader header(Operation operation) {
            FrameHeader header =
                    generation == Generation.V3 ? FrameHeader.v3(operation, txnId) : FrameHeader.v2(operation);
            return header.withPriority(priority());
        }

        private int priority() {
            boolean high =
                    (Vectors.text(vector, "name") + params().path("flags").asString("")).contains("high priority");
            if (!high) {
                return 0;
            }
            return generation == Generation.V3 ? FrameHeader.HIGH_PRIORITY : 1;
        }

        /** Reads name a password only when they fence. */
        private boolean isFencing() {
            return params().has("passwordUtf8");
        }

        private Optional<byte[]> masterKey() {
            return params().has("passwordUtf8") ? Optional.of(LedgerKeys.masterKey(password())) : Optional.empty();
        }

        private EntryDigest digest() {
            return EntryDigest.of(DigestType.valueOf(text("digestType")), password());
        }

        private LedgerPassword password() {
            return LedgerPassword.of(text("passwordUtf8"));
        }

        private JsonNode params() {
            return vector.required("params");
        }

        private String text(String field) {
            return Vectors.text(params(), field);
        }

        private long number(String field) {
            return params().required(field).longValue();
        }
    }
}
