package dev.daybook.interop.peer;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.bookkeeper.conf.ServerConfiguration;
import org.apache.bookkeeper.replication.AuditorElector;
import org.apache.bookkeeper.replication.ReplicationWorker;

/** The official auditor or the official replication worker, each without the other, until the process is ended. */
public final class PeerHealing {
    private PeerHealing() {}

    /** @param arguments {@code auditor} or {@code worker}, and a configuration file */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ServerConfiguration configuration = new ServerConfiguration();
        configuration.loadConf(Path.of(arguments[1]).toUri().toURL());
        if (arguments[0].equals("auditor")) {
            new AuditorElector("official-auditor:1", configuration).start().get();
        } else {
            new ReplicationWorker(configuration).start();
        }
        answers.println("ok ready");
        Thread.currentThread().join();
    }
}
