package dev.daybook.interop.peer;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.bookkeeper.common.component.Lifecycle;
import org.apache.bookkeeper.common.component.LifecycleComponent;
import org.apache.bookkeeper.conf.ServerConfiguration;
import org.apache.bookkeeper.server.EmbeddedServer;
import org.apache.bookkeeper.server.conf.BookieConfiguration;

/** Several official bookies in one process, one for each configuration file, until the process is ended. */
public final class PeerBookies {
    private PeerBookies() {}

    public static void main(String[] files) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String file : files) {
            ServerConfiguration configuration = new ServerConfiguration();
            configuration.loadConf(Path.of(file).toUri().toURL());
            LifecycleComponent bookie = EmbeddedServer.builder(new BookieConfiguration(configuration))
                    .build()
                    .getLifecycleComponentStack();
            bookie.start();
            if (bookie.lifecycleState() != Lifecycle.State.STARTED) {
                throw new IllegalStateException(file + " is " + bookie.lifecycleState());
            }
        }
        answers.println("ok ready");
        Thread.currentThread().join();
    }
}
