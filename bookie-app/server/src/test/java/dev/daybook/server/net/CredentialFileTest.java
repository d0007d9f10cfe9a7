package dev.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daybook.client.net.ReloadingFiles;
import dev.daybook.client.net.ReloadingFiles.NamedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who may come in, while the file that says so changes. */
class CredentialFileTest {
    private static final String PROPERTY = "daybook.bookie.auth.users-file";

    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(ReloadingFiles.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Path file = Path.of("");

    @BeforeEach
    void listen() {
        file = folder.resolve("users");
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    /** As an editor saves: another file takes the name. Age and length may be the same. */
    private void save(String text) {
        try {
            Path fresh = Files.createTempFile(folder, "users", "new");
            Files.writeString(fresh, text);
            Files.setLastModifiedTime(fresh, FileTime.fromMillis(1_000_000));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CredentialFile credentials() {
        return new CredentialFile(new NamedFile(PROPERTY, file), Duration.ZERO);
    }

    private List<String> logged(Level level) {
        return log.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void usersComeAndGoWithoutARestart() {
        save("# staff\n\nalice = sesame\nbob=t0ken=with=signs\n");
        CredentialFile credentials = credentials();
        assertThat(credentials.password("alice")).hasValue("sesame".toCharArray());
        assertThat(credentials.holder("t0ken=with=signs".getBytes(StandardCharsets.UTF_8)))
                .hasValue("bob");

        save("# staff\n\nalice = simsim\nbob=t0ken=with=signs\n");
        assertThat(credentials.password("alice")).hasValue("simsim".toCharArray());
        save("carol=c\n");
        assertThat(credentials.password("alice")).isEmpty();
        assertThat(credentials.holder("t0ken=with=signs".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(credentials.password("carol")).hasValue("c".toCharArray());
        assertThat(logged(Level.INFO))
                .hasSize(2)
                .allMatch(line -> line.contains("New users are in use") && line.contains(file.toString()));
    }

    @Test
    void aFileThatCannotBeUsedChangesNothingAndIsComplainedOfOnce() throws IOException {
        save("alice=sesame\n");
        CredentialFile credentials = credentials();

        save("alice=simsim\ncarol's secret without a name\n");
        assertThat(credentials.password("alice")).hasValue("sesame".toCharArray());
        assertThat(credentials.password("alice")).hasValue("sesame".toCharArray());
        assertThat(logged(Level.WARN))
                .singleElement()
                .asString()
                .contains("The users that are in use stay so", PROPERTY, file.toString(), "line 2")
                .doesNotContain("simsim")
                .doesNotContain("carol");

        Files.delete(file);
        assertThat(credentials.password("alice")).hasValue("sesame".toCharArray());
        assertThat(credentials.password("alice")).hasValue("sesame".toCharArray());
        assertThat(logged(Level.WARN)).hasSize(2);

        save("alice=simsim\n");
        assertThat(credentials.password("alice")).hasValue("simsim".toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nobody\n", "alice\n", "=sesame\n", "alice=\n", " = \n", "alice=a\nalice=b\n"})
    void theFirstFileMustBeUsable(String text) {
        save(text);
        assertThatIllegalArgumentException()
                .isThrownBy(this::credentials)
                .withMessageContaining(PROPERTY)
                .withMessageContaining(file.toString());
    }

    @Test
    void textThatIsNoTextIsRefused() throws IOException {
        Files.write(file, new byte[] {'a', '=', (byte) 0xff, (byte) 0xfe});
        assertThatIllegalArgumentException()
                .isThrownBy(this::credentials)
                .withMessageContaining("UTF-8")
                .withMessageContaining(PROPERTY);
    }
}
