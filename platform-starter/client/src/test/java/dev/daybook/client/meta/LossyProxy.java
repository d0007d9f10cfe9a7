package dev.daybook.client.meta;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between client and server, and loses answers or connections when told so. */
public final class LossyProxy implements AutoCloseable {
    private final ServerSocket acceptor;
    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean losingAnswers;
    private volatile @Nullable String trigger;
    private volatile Random dice = new Random(0);
    private volatile int oneIn;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean refusing;

    public LossyProxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            acceptor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return acceptor.getLocalPort();
    }

    /** From now on requests arrive, but their answers do not. */
    public void loseAnswers() {
        losingAnswers = true;
    }

    /** As {@link #loseAnswers()}, but only from the first request on that holds the text more than once. */
    public void loseAnswersFrom(String text) {
        trigger = text;
    }

    /** From now on loses about one answer in so many, and its connection with it, as the seed has it; 0 ends that. */
    public void loseOneIn(int answers, long seed) {
        dice = new Random(seed);
        oneIn = answers;
    }

    /** How many answers {@link #loseOneIn} has lost. */
    public int lost() {
        return lost.get();
    }

    /** Ends every connection; new ones are refused until {@link #heal}. */
    public void cut() {
        refusing = true;
        sockets.forEach(LossyProxy::closeQuietly);
    }

    /** Passes everything on again. */
    public void heal() {
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
                if (!answers) {
                    look(buffer, count);
                } else if (oneIn > 0 && dice.nextInt(oneIn) == 0) {
                    lost.incrementAndGet();
                    return;
                }
                if (!answers || !losingAnswers) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // One side went away: so does the other.
        }
    }

    private void look(byte[] request, int count) {
        String text = trigger;
        if (text == null) {
            return;
        }
        String seen = new String(request, 0, count, StandardCharsets.ISO_8859_1);
        if (seen.indexOf(text) != seen.lastIndexOf(text)) {
            trigger = null;
            losingAnswers = true;
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
    public void close() {
        try {
            acceptor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
