package dev.daybook.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.vectors.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may believe of an answer, and what a message of one generation cannot become in the other. */
class ResponseDecoderTest {
    private static final ResponseDecoder V3 = new ResponseDecoder(Generation.V3);
    private static final ResponseDecoder V2 = new ResponseDecoder(Generation.V2);

    @Test
    void anOuterSuccessGivesWayToTheInnerStatus() throws MalformedFrameException {
        // EOK outside, EFENCED inside.
        assertThat(V3.decode(Vectors.buffer("0a060803100218011000aa060708f803102a1807"))
                        .status())
                .isEqualTo(Status.FENCED);
    }

    @Test
    void anOuterFailureWins() throws MalformedFrameException {
        // EIO outside, EOK inside.
        assertThat(V3.decode(Vectors.buffer("0a0608031002180210f503aa06060800102a1807"))
                        .status())
                .isEqualTo(Status.IO_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0a060803100218011000", "0a060803100318011000"})
    void aSuccessWithoutValuesIsNotBelieved(String message) {
        assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> V3.decode(Vectors.buffer(message)));
    }

    @Test
    void aFailureWithoutValuesIsBare() throws MalformedFrameException {
        assertThat(V3.decode(Vectors.buffer("0a0608031002181f10f603")))
                .isEqualTo(new BookieResponse.Bare(FrameHeader.v3(Operation.ADD, 31), Status.UNAUTHORIZED));
    }

    @Test
    void anUnknownV2CodeSaysNothingAboutTheEntry() throws MalformedFrameException {
        BookieResponse response = V2.decode(Vectors.buffer("02020000000000ff000000000000002a0000000000000007"));
        assertThat(response.status()).isEqualTo(Status.IO_ERROR);
    }

    @Test
    void aFailedReadHasNoBody() throws MalformedFrameException {
        ByteBuf message = Vectors.buffer("0202000000000002000000000000002a0000000000000007cafe");
        assertThat(((BookieResponse.Read) V2.decode(message)).body()).isEmpty();
        assertThat(message.refCnt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000005cafe", "ffffffffcafe", "cafe"})
    void aBatchMustEndWithItsLastEntry(String entries) {
        ByteBuf message = Vectors.buffer(
                "0207000000000000000000000000002a00000000000000070000000000000021" + "00000001aa" + entries);
        assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> V2.decode(message));
        assertThat(message.refCnt()).isEqualTo(1);
    }

    @Test
    void anAnswerStaysInItsGeneration() {
        BookieResponse force = new BookieResponse.Force(FrameHeader.v2(Operation.FORCE), Status.OK, 1);
        BookieResponse bare = new BookieResponse.Bare(FrameHeader.v2(Operation.ADD), Status.UNAUTHORIZED);
        BookieResponse refusal =
                new BookieResponse.Auth(FrameHeader.v2(Operation.AUTH), Status.UNAUTHORIZED, Optional.empty());
        for (BookieResponse response : new BookieResponse[] {force, bare, refusal}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ResponseEncoder.encode(UnpooledByteBufAllocator.DEFAULT, response));
        }
    }

    @Test
    void aRequestThatItsGenerationLacksKeepsItsBuffers() {
        ByteBuf body = Unpooled.buffer().writeLong(1);
        byte[] key = new byte[20];
        BookieRequest deferred = new BookieRequest.Add(
                FrameHeader.v2(Operation.ADD), 1, 2, key, body, false, BookieRequest.DEFERRED_SYNC);
        BookieRequest shortKey =
                new BookieRequest.Add(FrameHeader.v2(Operation.ADD), 1, 2, new byte[3], body, false, 0);
        BookieRequest lac = new BookieRequest.WriteLac(FrameHeader.v2(Operation.WRITE_LAC), 1, 2, key, body);
        BookieRequest keyless =
                new BookieRequest.Read(FrameHeader.v2(Operation.READ), 1, 2, true, Optional.empty(), Optional.empty());
        BookieRequest batch = new BookieRequest.BatchRead(
                FrameHeader.v3(Operation.BATCH_READ, 1), 1, 2, 3, 4, false, Optional.empty());
        for (BookieRequest request : new BookieRequest[] {deferred, shortKey, lac, keyless, batch}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RequestEncoder.encode(UnpooledByteBufAllocator.DEFAULT, request));
        }
        assertThat(body.refCnt()).isEqualTo(1);
    }
}
