package dev.daybook.interop;

import java.time.Duration;

/** The official client in a process of its own; commands are described at {@code PeerClient}. */
final class OfficialClient implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final ChildProcess process;

    OfficialClient(ChildProcess process) {
        this.process = process;
        answer();
    }

    private String answer() {
        return process.awaitLine(line -> line.startsWith("ok ") || line.startsWith("error "), ANSWER);
    }

    /** What follows {@code ok}; fails on an error. */
    String ask(String command) {
        String answer = tell(command);
        if (!answer.startsWith("ok ")) {
            throw new AssertionError(command + " answered " + answer + "\n" + process.errorText());
        }
        return answer.substring("ok ".length());
    }

    /** The whole answer, {@code ok …} or {@code error CODE …}. */
    String tell(String command) {
        process.writeLine(command);
        return answer();
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
