package dev.daybook.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.spring.boot.autoconfigure.LedgerClientFactory;
import dev.daybook.testsupport.InMemoryLedgers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** The whole application, with ledgers in the heap instead of a cluster. */
@ExtendWith(OutputCaptureExtension.class)
class QuickstartApplicationTest {
    @TempDir
    Path folder;

    @Test
    void verifiesTheShippedText(CapturedOutput output) {
        assertThat(run()).isZero();

        assertThat(output.getOut())
                .startsWith("Input           the characters of Unicode")
                .contains("30,132 lines")
                .contains("at E3/W3/A2")
                .contains("Verified        line count and SHA-256 of the ledger match the input");
        assertThat(output.getErr()).isEmpty();
    }

    @Test
    void verifiesAFileOfAnyBytes(CapturedOutput output) throws IOException {
        Path file = folder.resolve("bytes");
        Files.write(file, new byte[] {(byte) 0xff, '\n', 0, (byte) 0xc3, '\n', '\n', 'x'});

        assertThat(run("--file=" + file)).isZero();

        assertThat(output.getOut()).contains("4 lines, 7 bytes");
    }

    @Test
    void saysWhatIsWrongWithTheCommand(CapturedOutput output) {
        assertThat(run("--file=" + folder.resolve("missing"))).isEqualTo(2);
        assertThat(run("--file=" + folder)).isEqualTo(2);
        assertThat(run("--lines=3")).isEqualTo(2);

        assertThat(output.getErr().lines())
                .containsExactly(
                        "Nothing was written: there is no file " + folder.resolve("missing")
                                + "; name an existing one with --file.",
                        "Nothing was written: " + folder + " is a directory; name a file with --file.",
                        "Nothing was written: there is no option --lines; use --file, --progress, --outstanding, --verify-ledger"
                                + " or a property such as --daybook.metadata-uri.");
        assertThat(output.getOut()).isEmpty();
    }

    @Test
    void takesTheFrameLimitFromTheProperties(CapturedOutput output) throws IOException {
        Path file = folder.resolve("long");
        Files.writeString(file, "short\n" + "x".repeat(5000) + "\n");

        assertThat(run("--file=" + file, "--daybook.client.max-frame-bytes=4KB"))
                .isEqualTo(2);

        assertThat(output.getErr()).startsWith("Line 2 of " + file).contains("(now 4,096)");
    }

    private static int run(String... arguments) {
        ApplicationContextInitializer<GenericApplicationContext> inTheHeap = context ->
                context.registerBean(LedgerClientFactory.class, () -> (config, metrics) -> new InMemoryLedgers());
        return SpringApplication.exit(new SpringApplicationBuilder(QuickstartApplication.class)
                .initializers(inTheHeap)
                .run(arguments));
    }
}
