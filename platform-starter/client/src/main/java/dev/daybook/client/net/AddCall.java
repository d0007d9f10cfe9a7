package dev.daybook.client.net;

import dev.daybook.protocol.model.Status;
import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.FrameHeader;
import dev.daybook.protocol.wire.Generation;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * An entry on its way to one bookie. A writer makes several for each entry, so this is the request, its place among the
 * calls and whoever waits in one object.
 */
public abstract non-sealed class AddCall extends Call {
    /** @param frame one whole frame, length prefix included; a reference is taken over, its indices are left alone */
    protected AddCall(FrameHeader header, long ledgerId, long entryId, ByteBuf frame, Duration timeout) {
        super(
                header,
                header.generation() == Generation.V3 ? header.txnId() : ledgerId,
                header.generation() == Generation.V3 ? 0 : entryId,
                frame,
                timeout);
    }

    /** How the bookie answered. */
    protected abstract void answered(Status status);

    @Override
    protected abstract void failed(CallFailure failure);

    @Override
    final void answered(BookieResponse response) {
        ResponseBuffers.release(response);
        answered(response.status());
    }
}
