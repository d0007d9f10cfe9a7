package dev.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.client.meta.memory.InMemoryMetadataStore;
import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.ResponseDecoder;
import dev.daybook.server.net.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded connections to the peer's bookie, good and bad input, sent to ours over a socket. The answers are the same
 * byte for byte, except what cannot be reproduced (disk sizes, wall clocks) and {@link #OURS}.
 */
class LiveTranscriptsTest {
    /** Where the specification asks for better than the recorded bookie, which stays silent, accepts or fails. */
    private static final Map<String, Status> OURS = Map.of(
            "read 42/-2", Status.BAD_REQUEST,
            "add 44/-3 (negative entry id in the body)", Status.BAD_REQUEST,
            "read 44/-3", Status.BAD_REQUEST,
            "READ_LAC of that ledger", Status.OK);

    private static final int FRAME_BYTES_MAX = 5_242_880;

    @TempDir
    Path folder;

    @Test
    void everyRecordedConnectionGetsTheRecordedAnswers() throws IOException, MalformedFrameException {
        InMemoryMetadataStore cluster = new InMemoryMetadataStore();
        List<String> differences = new ArrayList<>();
        try (BookieServer bookie = TestBookies.started(TestBookies.config(folder, "b1", 0), cluster)) {
            for (JsonNode connection : recording().required("connections").values()) {
                try (Peer peer = new Peer(bookie.port())) {
                    replay(peer, connection, differences);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void replay(Peer peer, JsonNode connection, List<String> differences)
            throws IOException, MalformedFrameException {
        for (JsonNode step : connection.required("steps").values()) {
            String name = step.required("step").stringValue();
            peer.send(request(step.required("requestHex").stringValue()));
            List<String> expected = new ArrayList<>();
            step.required("responses")
                    .values()
                    .forEach(answer -> expected.add(answer.required("hex").stringValue()));
            List<String> received = new ArrayList<>();
            int answers = OURS.containsKey(name) ? 1 : expected.size();
            for (int i = 0; i < answers; i++) {
                received.add(peer.receive().orElse("closed"));
            }
            if (step.required("serverClosedConnection").booleanValue()) {
                assertThat(peer.receive()).as(name).isEmpty();
            }
            Status ours = OURS.get(name);
            if (ours != null) {
                assertThat(decode(received.get(0)).status()).as(name).isEqualTo(ours);
            } else if (!sameAnswers(expected, received)) {
                differences.add(connection.required("connection").stringValue() + " / " + name + ": expected "
                        + expected + " but got " + received);
            }
        }
    }

    /** A request that the recording cuts is filled up with zeros to the length it announces. */
    private static byte[] request(String hex) {
        int cut = hex.indexOf("...");
        if (cut < 0) {
            return HexFormat.of().parseHex(hex);
        }
        byte[] recorded = HexFormat.of().parseHex(hex.substring(0, cut));
        int length = Unpooled.wrappedBuffer(recorded).readInt();
        if (length > FRAME_BYTES_MAX) {
            return recorded; // Refused for its length alone.
        }
        byte[] whole = new byte[Integer.BYTES + length];
        System.arraycopy(recorded, 0, whole, 0, recorded.length);
        return whole;
    }

    /** Two answers of one step may come in either order. */
    private static boolean sameAnswers(List<String> expected, List<String> received) throws MalformedFrameException {
        List<String> left = new ArrayList<>(received);
        for (String one : expected) {
            String match = null;
            for (String candidate : left) {
                if (candidate.equals(one)
                        || (!candidate.equals("closed") && reproducible(one).equals(reproducible(candidate)))) {
                    match = candidate;
                }
            }
            if (match == null) {
                return false;
            }
            left.remove(match);
        }
        return left.isEmpty();
    }

    private static BookieResponse reproducible(String hex) throws MalformedFrameException {
        BookieResponse response = decode(hex);
        if (response instanceof BookieResponse.BookieInfo info) {
            return new BookieResponse.BookieInfo(
                    info.header(), info.status(), present(info.totalDiskBytes()), present(info.freeDiskBytes()));
        }
        if (response instanceof BookieResponse.Read read) {
            return new BookieResponse.Read(
                    read.header(),
                    read.status(),
                    read.ledgerId(),
                    read.entryId(),
                    read.body(),
                    read.maxLac(),
                    present(read.lacUpdateMillis()));
        }
        return response;
    }

    private static OptionalLong present(OptionalLong value) {
        return value.isPresent() ? OptionalLong.of(1) : value;
    }

    private static BookieResponse decode(String hex) throws MalformedFrameException {
        ByteBuf frame = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        frame.skipBytes(Integer.BYTES);
        Generation generation = frame.getByte(frame.readerIndex()) == 0x0a ? Generation.V3 : Generation.V2;
        return new ResponseDecoder(generation).decode(frame);
    }

    private static JsonNode recording() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                LiveTranscriptsTest.class.getResourceAsStream("/vectors/live-transcripts.json"))) {
            return JsonMapper.builder().build().readTree(in);
        }
    }
}
