package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.boot.command.DaybookCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command that ran in this process: its exit code and what it printed. */
record Ran(int code, String out, String err) {
    static Ran daybook(String input, String... arguments) {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int code = DaybookCommand.run(arguments);
            return new Ran(code, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Runs a command, whose words are separated by single spaces, with the address of a cluster. */
    static Ran on(String uri, String input, String command) {
        return daybook(input, (command + " --metadata-uri " + uri).split(" ", -1));
    }

    List<JsonNode> json() {
        assertThat(code).as(err).isZero();
        return out.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }

    /** The one sentence of a refusal. */
    String refusal(int expected) {
        assertThat(code).as(err).isEqualTo(expected);
        List<String> sentences =
                err.lines().filter(line -> line.contains("daybook: ")).toList();
        assertThat(sentences).hasSize(1);
        assertThat(sentences.get(0)).endsWith(".");
        return sentences.get(0);
    }
}
