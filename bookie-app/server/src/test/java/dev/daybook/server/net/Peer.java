package dev.daybook.server.net;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that speaks bytes. */
public final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private Socket socket;
    private DataInputStream in;

    public Peer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** From here on everything is encrypted. */
    public void beginTls(SSLContext context) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
        encrypted.startHandshake();
        socket = encrypted;
        in = new DataInputStream(encrypted.getInputStream());
    }

    public void send(String hex) throws IOException {
        send(HexFormat.of().parseHex(hex));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** One frame with its length, in hex; empty when the server has closed the connection. */
    public Optional<String> receive() throws IOException {
        try {
            int length = in.readInt();
            byte[] body = new byte[length];
            in.readFully(body);
            return Optional.of(String.format("%08x", length) + HexFormat.of().formatHex(body));
        } catch (EOFException | SocketException closed) {
            return Optional.empty();
        }
    }

    public int receiveByte() throws IOException {
        return in.readUnsignedByte();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
