package dev.daybook.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.protocol.model.LedgerId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

class OptionsTest {
    @Test
    void defaults() {
        assertThat(parse()).isEqualTo(new Options("", Options.ProgressMode.AUTO, 1000, Optional.empty()));
    }

    @Test
    void everythingGiven() {
        assertThat(parse("--file=-", "--progress=always", "--outstanding=5", "--daybook.metadata-uri=zk://a/b"))
                .isEqualTo(new Options("-", Options.ProgressMode.ALWAYS, 5, Optional.empty()));
    }

    @Test
    void anEarlierLedger() {
        assertThat(parse("--verify-ledger=12").ledger()).contains(new LedgerId(12));
    }

    @Test
    void mistakesAreNamed() {
        assertMistake("there is no option --flie", "--flie=x");
        assertMistake("write --file=text.txt", "text.txt");
        assertMistake("the option --file needs exactly one value", "--file");
        assertMistake("the option --file needs exactly one value", "--file=a", "--file=b");
        assertMistake("--progress must be", "--progress=loud");
        assertMistake("--outstanding must be a number from 1", "--outstanding=0");
        assertMistake("--outstanding must be a number from 1", "--outstanding=many");
        assertMistake("is not a ledger id", "--verify-ledger=many");
    }

    private static void assertMistake(String sentence, String... arguments) {
        assertThatThrownBy(() -> parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    private static Options parse(String... arguments) {
        return Options.parse(new DefaultApplicationArguments(arguments));
    }
}
