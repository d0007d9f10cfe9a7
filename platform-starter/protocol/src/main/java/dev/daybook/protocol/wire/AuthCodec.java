package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The one message that both generations encode alike. Source: wire protocol, section 4.4. */
final class AuthCodec {
    private AuthCodec() {}

    static AuthMessage read(ProtoMessage message) {
        return new AuthMessage(message.text(V3Layout.PLUGIN_NAME), message.bytes(V3Layout.PAYLOAD));
    }

    static void write(ByteBuf target, AuthMessage message) {
        ProtoWriter.writeBytes(
                target, V3Layout.PLUGIN_NAME, message.pluginName().getBytes(StandardCharsets.UTF_8));
        ProtoWriter.writeBytes(target, V3Layout.PAYLOAD, message.payload());
    }
}
