package dev.daybook.server;

/** Leaves the start sequence from any depth; turned into a {@link StartOutcome.Refused} where the sequence began. */
final class StartRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient BookieExit exit;

    StartRefusal(ExitCode code, String sentence) {
        super(sentence, null, false, false);
        this.exit = new BookieExit(code, sentence);
    }

    BookieExit exit() {
        return exit;
    }
}
