package dev.daybook.client.meta.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between client and server, and loses answers or connections when told so. */
final class LossyProxy implements AutoCloseable {
    private final ServerSocket acceptor;
    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean losingAnswers;
    private volatile boolean refusing;

    LossyProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            acceptor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return acceptor.getLocalPort();
    }

    /** From now on requests arrive, but their answers do not. */
    void loseAnswers() {
        losingAnswers = true;
    }

    /** Ends every connection; new ones are refused until {@link #heal}. */
    void cut() {
        refusing = true;
        sockets.forEach(LossyProxy::closeQuietly);
    }

    /** Passes everything on again. */
    void heal() {
        losingAnswers = false;
        refusing = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = acceptor.accept();
                if (refusing) {
                    client.close();
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            // The acceptor was closed: the test is over.
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException e) {
            client.close();
            return;
        }
        sockets.add(client);
        sockets.add(server);
        daemon(() -> pump(client, server, false));
        daemon(() -> pump(server, client, true));
        if (refusing) {
            cut();
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!answers || !losingAnswers) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // One side went away: so does the other.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "lossy-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
        cut();
    }
}
