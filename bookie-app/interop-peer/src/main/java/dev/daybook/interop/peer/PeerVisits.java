package dev.daybook.interop.peer;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.bookkeeper.client.BookKeeper;
import org.apache.bookkeeper.conf.ClientConfiguration;

/**
 * An official client made anew for each line, so that many settings need one process only: {@code SETTINGS_FILE COMMAND;
 * COMMAND…} with the commands of {@link PeerClient}, where {@code @} stands for the answer to the first one. Answers with
 * what the last one answers, or with the first error.
 */
public final class PeerVisits {
    private PeerVisits() {}

    public static void main(String[] args) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        answers.println("ok ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int space = line.indexOf(' ');
            answers.println(visit(line.substring(0, space), line.substring(space + 1), answers));
        }
    }

    private static String visit(String settings, String commands, PrintStream answers) {
        try {
            ClientConfiguration configuration = new ClientConfiguration();
            configuration.loadConf(Path.of(settings).toUri().toURL());
            BookKeeper client = new BookKeeper(configuration);
            try {
                return run(new PeerClient(client, answers), commands);
            } finally {
                closeLater(client);
            }
        } catch (Exception e) {
            return PeerClient.error(e);
        }
    }

    /** It takes seconds, in which nothing is to be learned. */
    private static void closeLater(BookKeeper client) {
        Thread closing = new Thread(() -> {
            try {
                client.close();
            } catch (Exception e) {
                System.err.println("closing failed: " + e);
            }
        });
        closing.setDaemon(true);
        closing.start();
    }

    private static String run(PeerClient client, String commands) {
        String first = "";
        String answer = "";
        for (String command : commands.split(";", -1)) {
            answer = client.answer(command.replace("@", first));
            if (!answer.startsWith("ok ")) {
                return answer;
            }
            first = first.isEmpty() ? answer.substring("ok ".length()) : first;
        }
        return answer;
    }
}
