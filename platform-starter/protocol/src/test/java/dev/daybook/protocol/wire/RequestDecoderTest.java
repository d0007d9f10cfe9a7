package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daybook.protocol.vectors.Vectors;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wire protocol, sections 3.1 and 13, as far as decoding decides. Messages in hex without their length prefix. */
class RequestDecoderTest {
    private static final String V3_READ = "0a06080310011804a20604082a1007";
    private static final String V2_READ = "02020000000000000000002a0000000000000007";

    private final RequestDecoder decoder = new RequestDecoder();

    @Test
    void aConnectionMayGoFromV3ToV2AndNeverBack() throws MalformedFrameException {
        assertThat(decode(V3_READ).header().generation()).isEqualTo(Generation.V3);
        assertThat(decode(V3_READ).header().generation()).isEqualTo(Generation.V3);
        assertThat(decode(V2_READ).header().generation()).isEqualTo(Generation.V2);
        assertRefused(V3_READ);
    }

    /** The peer's v2 client with TLS and a login sends both at once. */
    @Test
    void aTokenOfV2DoesNotKeepStartTlsOut() throws MalformedFrameException {
        assertThat(decode("020300000a047361736c1200")).isInstanceOf(BookieRequest.Auth.class);
        assertThat(decode("0a06080310091801")).isInstanceOf(BookieRequest.StartTls.class);
        assertThat(decode(V2_READ).header().generation()).isEqualTo(Generation.V2);
        assertRefused("0a06080310091801");
    }

    @ParameterizedTest
    @CsvSource({
        "empty frame, ''",
        "unknown operation, 0a060803100d1801",
        "unknown version, 0a06080410011801a20604082a1007",
        "header without transaction, 0a0408031001a20604082a1007",
        "add without parameters, 0a06080310021801",
        "read without parameters, 0a06080310011801",
        "write LAC without parameters, 0a06080310061801",
        "read LAC without parameters, 0a06080310071801",
        "force without parameters, 0a060803100a1801",
        "entry list without parameters, 0a060803100b1801",
        "read without entry id, 0a06080310011801a20602082a",
        "incomplete parameters of another operation, 0a06080310011801a20604082a1007da0600",
        "incomplete request context, 0a06080310011801a20604082a1007c206030a016b",
        "token without payload, 0a06080310051801b206060a047361736c",
        "field of number 0, 0a06080310011801a20604082a10070200",
        "group, 0a06080310011801a20604082a10079b07",
        "number of eleven bytes, 0a0f0803100118ffffffffffffffffffff01a20604082a1007",
        "length beyond the end, 0a06080310011801a20605082a1007",
        "negative length, 0a06080310011801a206ffffffff0f082a1007",
        "a v3 header of seven bytes that v2 would read as a batch read,"
                + "0a0708031001180180a20602082a000000000000000000000000000000000000000000000000000000000000"
    })
    void v3MessagesThatCloseTheConnection(String what, String message) {
        assertRefused(message);
        assertThat(what).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02",
                "0200000000000000000000020000000000000000",
                "02040000000000000000002a0000000000000007",
                "02080000000000000000002a0000000000000007",
                "ffffffffffffffff",
                "02020000000000000000002a00000000000000",
                "02020001000000000000002a0000000000000007e793",
                "02070000000000000000002a0000000000000007000000000000001200000000000000000000",
                "02010000e793cbc379107648537183605cd361d3bb789a39000000000000002a00000000000000",
                "020300000a047361736c"
            })
    void v2PacketsThatCloseTheConnection(String message) {
        assertRefused(message);
    }

    @ParameterizedTest
    @CsvSource({"3, RANGE_READ", "4, RANGE_ADD", "c, BATCH_READ"})
    void reservedOperationsAreUnsupported(String number, Operation operation) throws MalformedFrameException {
        BookieRequest request = decode("0a060803100" + number + "1801");
        assertThat(request).isInstanceOf(BookieRequest.Unsupported.class);
        assertThat(request.header()).isEqualTo(FrameHeader.v3(operation, 1));
    }

    @Test
    void someOperationsNeedNoParameters() throws MalformedFrameException {
        assertThat(decode("0a06080310081801"))
                .isEqualTo(new BookieRequest.BookieInfo(FrameHeader.v3(Operation.BOOKIE_INFO, 1), 0));
        assertThat(decode("0a06080310091801"))
                .isEqualTo(new BookieRequest.StartTls(FrameHeader.v3(Operation.START_TLS, 1), false));
        assertThat(((BookieRequest.Auth) decode("0a06080310051801")).message()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unknown fields of every wire type, a20604082a1007a0380109000000000000000012026162a5380000000a",
        "known field with another wire type, a2060d082a1007290000000000000000",
        "unknown flag, a20607082a1007a00609"
    })
    void whatIsNotKnownIsIgnored(String what, String parameters) throws MalformedFrameException {
        BookieRequest.Read read = (BookieRequest.Read) decode("0a06080310011801" + parameters);
        assertThat(read.entryId()).as(what).isEqualTo(7);
        assertThat(read.fence()).isFalse();
        assertThat(read.longPoll()).isEmpty();
    }

    @Test
    void aMessageInPartsIsOneMessage() throws MalformedFrameException {
        BookieRequest.Read read = (BookieRequest.Read) decode("0a06080310011801a20602082aa206021007");
        assertThat(read.ledgerId()).isEqualTo(42);
        assertThat(read.entryId()).isEqualTo(7);
    }

    @Test
    void theHeaderMayComeLast() throws MalformedFrameException {
        assertThat(decode("a20604082a10070a06080310011804").header()).isEqualTo(FrameHeader.v3(Operation.READ, 4));
        assertThat(decode(V3_READ).header().generation()).isEqualTo(Generation.V3);
    }

    @Test
    void oldVersionsOfV3AreReportedAsSent() throws MalformedFrameException {
        FrameHeader header = decode("0a06080110011804a20604082a1007").header();
        assertThat(header.version()).isEqualTo(1);
        assertThat(header.isSupportedVersion()).isFalse();
        assertThat(header.forAnswer().isSupportedVersion()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"00000002, 0", "01020000, 1", "02020000, 2", "03020000, 3", "ff020000, -1"})
    void everyVersionOfV2IsReportedAsSent(String header, int version) throws MalformedFrameException {
        BookieRequest request = decode(header + V2_READ.substring(8));
        assertThat(request.header()).isEqualTo(new FrameHeader(Generation.V2, Operation.READ, version, 0, 0));
        assertThat(request.header().isSupportedVersion()).isEqualTo(version >= 0 && version < 3);
    }

    @Test
    void aFencingReadOfVersionOneHasNoKey() throws MalformedFrameException {
        BookieRequest.Read read = (BookieRequest.Read) decode("01020001000000000000002a0000000000000007");
        assertThat(read.fence()).isTrue();
        assertThat(read.masterKey()).isEmpty();
    }

    @Test
    void bytesAfterAV2ReadAreIgnored() throws MalformedFrameException {
        assertThat(decode(V2_READ + "010203")).isInstanceOf(BookieRequest.Read.class);
    }

    @Test
    void fencingIsNeverALongPoll() throws MalformedFrameException {
        BookieRequest.Read read = (BookieRequest.Read) decode("0a06080310011801a2060ca00601082a10071a01002006");
        assertThat(read.fence()).isTrue();
        assertThat(read.longPoll()).isEmpty();
    }

    @Test
    void bodiesKeepTheFrameAlive() throws MalformedFrameException {
        ByteBuf message = Vectors.buffer("0a06080310021803aa060b082a10071a01002202cafe");
        BookieRequest.Add add = (BookieRequest.Add) decoder.decode(message);
        message.release();
        assertThat(Vectors.hex(add.body())).isEqualTo("cafe");
        assertThat(message.refCnt()).isZero();
    }

    private BookieRequest decode(String message) throws MalformedFrameException {
        return decoder.decode(Vectors.buffer(message));
    }

    private void assertRefused(String message) {
        ByteBuf buffer = Vectors.buffer(message);
        assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> decoder.decode(buffer));
        assertThat(buffer.refCnt()).isEqualTo(1);
    }
}
