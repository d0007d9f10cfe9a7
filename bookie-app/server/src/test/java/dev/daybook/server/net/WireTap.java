package dev.daybook.server.net;

import dev.daybook.protocol.wire.BookieResponse;
import dev.daybook.protocol.wire.Generation;
import dev.daybook.protocol.wire.MalformedFrameException;
import dev.daybook.protocol.wire.ResponseDecoder;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Stands between a bookie and everybody else, passes every frame on, and shows every answer to a listener before the
 * client gets it. The bookie behind it may come and go; the tap keeps its port.
 */
public final class WireTap implements AutoCloseable {
    /** Every v3 request begins with its header, field 1 of the message. */
    private static final int V3_FIRST_BYTE = 0x0a;

    private final ServerSocket door;
    private final Consumer<BookieResponse> listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int bookiePort;

    /** @param listener must not keep the buffers of an answer; called by many threads */
    public WireTap(Consumer<BookieResponse> listener) {
        this.listener = listener;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin("tap-door", this::accept);
    }

    /** Where clients come. */
    public int port() {
        return door.getLocalPort();
    }

    /** Where the bookie listens from now on. */
    public void lead(int port) {
        bookiePort = port;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            sockets.add(client);
            begin("tap", () -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket bookie = new Socket(InetAddress.getLoopbackAddress(), bookiePort)) {
            sockets.add(bookie);
            client.setTcpNoDelay(true);
            bookie.setTcpNoDelay(true);
            DataInputStream requests = new DataInputStream(client.getInputStream());
            byte[] first = frame(requests);
            Generation generation = first[0] == V3_FIRST_BYTE ? Generation.V3 : Generation.V2;
            begin("tap-answers", () -> {
                try (client;
                        bookie) {
                    passAnswers(bookie, client, new ResponseDecoder(generation));
                }
            });
            OutputStream out = bookie.getOutputStream();
            for (byte[] frame = first; ; frame = frame(requests)) {
                write(out, frame);
            }
        }
    }

    private void passAnswers(Socket bookie, Socket client, ResponseDecoder decoder) throws IOException {
        DataInputStream answers = new DataInputStream(bookie.getInputStream());
        while (true) {
            byte[] frame = frame(answers);
            try {
                listener.accept(decoder.decode(Unpooled.wrappedBuffer(frame)));
            } catch (MalformedFrameException e) {
                throw new AssertionError("the bookie sent a frame that is none", e);
            }
            write(client.getOutputStream(), frame);
        }
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        byte[] body = new byte[in.readInt()];
        in.readFully(body);
        return body;
    }

    private static void write(OutputStream out, byte[] frame) throws IOException {
        byte[] all = new byte[Integer.BYTES + frame.length];
        Unpooled.wrappedBuffer(all).setInt(0, frame.length).setBytes(Integer.BYTES, frame);
        out.write(all);
        out.flush();
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void begin(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException ended) {
                        Thread.currentThread().interrupt(); // One side is gone.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
