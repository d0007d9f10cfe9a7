package dev.daybook.server.net;

import io.netty.util.internal.PlatformDependent;

/**
 * Settings of the bookie's port. Defaults: wire protocol, section 16.
 *
 * @param listenHost address to bind; {@code 0.0.0.0} listens everywhere
 * @param port 0 lets the operating system choose
 * @param maxFrameBytes largest frame, its four length bytes included; a longer one closes the connection
 * @param ioThreads event loops shared by all connections
 * @param connectionBytesMax bytes of requests under way and answers not yet sent, beyond which a connection is not read
 * @param bookieBytesMax the same over all connections
 * @param stallMillis how long a peer may do nothing while it holds memory that is short, before its connection is closed
 * @param security who may talk to the bookie, and how
 */
public record NetConfig(
        String listenHost,
        int port,
        int maxFrameBytes,
        int ioThreads,
        long connectionBytesMax,
        long bookieBytesMax,
        long stallMillis,
        NetSecurity security) {
    public static final int DEFAULT_MAX_FRAME_BYTES = 5 * 1024 * 1024;

    private static final long BOOKIE_BYTES_MIN = 16L << 20;
    private static final long STALL_MILLIS = 10_000;
    private static final long BOOKIE_BYTES_MAX = 32L << 20;

    public NetConfig {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must lie between 0 and 65535, was " + port);
        }
        if (maxFrameBytes < 4096) {
            throw new IllegalArgumentException("maxFrameBytes must be at least 4096, was " + maxFrameBytes);
        }
        if (ioThreads < 1) {
            throw new IllegalArgumentException("ioThreads must be positive, was " + ioThreads);
        }
        if (connectionBytesMax < maxFrameBytes) {
            throw new IllegalArgumentException(
                    "connectionBytesMax must be at least maxFrameBytes, was " + connectionBytesMax);
        }
        if (bookieBytesMax < connectionBytesMax) {
            throw new IllegalArgumentException(
                    "bookieBytesMax must be at least connectionBytesMax, was " + bookieBytesMax);
        }
    }

    /** The defaults; the limits follow from the memory of this process. */
    public static NetConfig of(String listenHost, int port) {
        Runtime process = Runtime.getRuntime();
        int threads = Math.max(2, process.availableProcessors());
        long memory = PlatformDependent.maxDirectMemory();
        long bookieBytes = Math.max(BOOKIE_BYTES_MIN, Math.min(BOOKIE_BYTES_MAX, memory / 8));
        return new NetConfig(
                listenHost,
                port,
                DEFAULT_MAX_FRAME_BYTES,
                threads,
                bookieBytes / 2,
                bookieBytes,
                STALL_MILLIS,
                NetSecurity.NONE);
    }

    public NetConfig withMaxFrameBytes(int newMaxFrameBytes) {
        return new NetConfig(
                listenHost,
                port,
                newMaxFrameBytes,
                ioThreads,
                connectionBytesMax,
                bookieBytesMax,
                stallMillis,
                security);
    }

    public NetConfig withBytesInFlight(long newConnectionBytesMax, long newBookieBytesMax) {
        return new NetConfig(
                listenHost,
                port,
                maxFrameBytes,
                ioThreads,
                newConnectionBytesMax,
                newBookieBytesMax,
                stallMillis,
                security);
    }

    /** All at once, because they limit one another. */
    public NetConfig withSizes(int newMaxFrameBytes, long newConnectionBytesMax, long newBookieBytesMax) {
        return new NetConfig(
                listenHost,
                port,
                newMaxFrameBytes,
                ioThreads,
                newConnectionBytesMax,
                newBookieBytesMax,
                stallMillis,
                security);
    }

    public NetConfig withStallMillis(long newStallMillis) {
        return new NetConfig(
                listenHost,
                port,
                maxFrameBytes,
                ioThreads,
                connectionBytesMax,
                bookieBytesMax,
                newStallMillis,
                security);
    }

    public NetConfig withSecurity(NetSecurity newSecurity) {
        return new NetConfig(
                listenHost,
                port,
                maxFrameBytes,
                ioThreads,
                connectionBytesMax,
                bookieBytesMax,
                stallMillis,
                newSecurity);
    }
}
