package dev.daybook.protocol.digest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One computation of a digest: fed with the covered bytes in their order, then finished, then thrown away. A fresh one
 * for every entry costs less than sharing one between threads.
 */
interface DigestRun {
    void update(ByteBuffer bytes);

    /** Feeds the first bytes of the array. */
    void update(byte[] bytes, int length);

    /** Ends the computation and appends the digest as it stands in a packet. */
    void writeTo(ByteBuf packet);

    /** Ends the computation; whether the digest stands in the packet from that index on. */
    boolean isAt(ByteBuf packet, int index);

    /** Feeds a part of a buffer in place, without moving its indices. */
    default DigestRun update(ByteBuf buffer, int index, int length) {
        if (length == 0) {
            return this;
        }
        if (length <= Scratch.BYTES) {
            byte[] scratch = Scratch.OF_THREAD.get();
            buffer.getBytes(index, scratch, 0, length);
            update(scratch, length);
        } else if (buffer.nioBufferCount() == 1) {
            update(buffer.nioBuffer(index, length));
        } else {
            for (ByteBuffer piece : buffer.nioBuffers(index, length)) {
                update(piece);
            }
        }
        return this;
    }

    /** Copying an entry of usual size is cheaper than making the views of its memory that a checksum could read. */
    final class Scratch {
        static final int BYTES = 8 * 1024;
        static final ThreadLocal<byte[]> OF_THREAD = ThreadLocal.withInitial(() -> new byte[BYTES]);

        private Scratch() {}
    }

    static DigestRun crc32() {
        // The type that fills eight bytes: the checksum is an unsigned number in a long.
        return new ChecksumRun(new CRC32(), Long.BYTES);
    }

    static DigestRun crc32c() {
        return new ChecksumRun(new CRC32C(), Integer.BYTES);
    }

    static DigestRun mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return new MacRun(mac);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform must offer " + key.getAlgorithm(), e);
        }
    }

    static DigestRun none() {
        return NoRun.INSTANCE;
    }

    record ChecksumRun(Checksum checksum, int digestBytes) implements DigestRun {
        @Override
        public void update(ByteBuffer bytes) {
            checksum.update(bytes);
        }

        @Override
        public void update(byte[] bytes, int length) {
            checksum.update(bytes, 0, length);
        }

        @Override
        public void writeTo(ByteBuf packet) {
            if (digestBytes == Long.BYTES) {
                packet.writeLong(checksum.getValue());
            } else {
                packet.writeInt((int) checksum.getValue());
            }
        }

        @Override
        public boolean isAt(ByteBuf packet, int index) {
            return digestBytes == Long.BYTES
                    ? packet.getLong(index) == checksum.getValue()
                    : packet.getInt(index) == (int) checksum.getValue();
        }
    }

    record MacRun(Mac mac) implements DigestRun {
        @Override
        public void update(ByteBuffer bytes) {
            mac.update(bytes);
        }

        @Override
        public void update(byte[] bytes, int length) {
            mac.update(bytes, 0, length);
        }

        @Override
        public void writeTo(ByteBuf packet) {
            packet.writeBytes(mac.doFinal());
        }

        @Override
        public boolean isAt(ByteBuf packet, int index) {
            byte[] expected = mac.doFinal();
            return MessageDigest.isEqual(expected, ByteBufUtil.getBytes(packet, index, expected.length));
        }
    }

    enum NoRun implements DigestRun {
        INSTANCE;

        @Override
        public void update(ByteBuffer bytes) {
            // Nothing is covered.
        }

        @Override
        public void update(byte[] bytes, int length) {
            // Nothing is covered.
        }

        @Override
        public void writeTo(ByteBuf packet) {
            // A digest of no bytes.
        }

        @Override
        public boolean isAt(ByteBuf packet, int index) {
            return true;
        }
    }
}
