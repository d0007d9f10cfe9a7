package dev.daybook.protocol.vectors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the vectors recorded from the peer; {@code vectors/README.md} on the test class path describes them. */
public final class Vectors {
    private Vectors() {}

    public static JsonNode load(String file) {
        return loadResource("/vectors/" + file);
    }

    /** Vectors of other recordings, by their whole name on the class path. */
    public static JsonNode loadResource(String resource) {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource), resource)) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The elements of the list {@code vectors} of a file. */
    public static List<JsonNode> list(String file) {
        return List.copyOf(load(file).required("vectors").values());
    }

    public static String text(JsonNode node, String field) {
        return node.required(field).stringValue();
    }

    public static byte[] bytes(JsonNode node, String field) {
        return ByteBufUtil.decodeHexDump(text(node, field));
    }

    public static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    /** What follows the length prefix of a frame. */
    public static ByteBuf message(String frameHex) {
        ByteBuf frame = buffer(frameHex);
        int length = frame.readInt();
        if (length != frame.readableBytes()) {
            throw new IllegalArgumentException("not one frame: " + frameHex);
        }
        return frame;
    }

    /** The frame in hex; releases it. */
    public static String hex(ByteBuf frame) {
        try {
            return ByteBufUtil.hexDump(frame);
        } finally {
            frame.release();
        }
    }
}
