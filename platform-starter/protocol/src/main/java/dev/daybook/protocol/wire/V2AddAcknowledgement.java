package dev.daybook.protocol.wire;

import dev.daybook.protocol.model.Status;
import io.netty.buffer.ByteBuf;

/** Source: wire protocol, section 5.3. */
final class V2AddAcknowledgement extends AddAcknowledgement {
    private static final int HEADER = V2Packet.header(FrameHeader.v2(Operation.ADD), 0);

    @Override
    public boolean read(ByteBuf buffer, int start, int end) {
        if (end - start != V2Packet.ANSWER_BYTES
                || buffer.getInt(start) != HEADER
                || buffer.getInt(start + V2Packet.STATUS_OFFSET) != Status.OK.v2Code()) {
            return false;
        }
        ledgerId = buffer.getLong(start + V2Packet.LEDGER_ID_OFFSET);
        entryId = buffer.getLong(start + V2Packet.ENTRY_ID_OFFSET);
        return true;
    }
}
