package dev.daybook.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script, with a Java that only tells how it was called. */
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("..", "bin", "daybook").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(folder.resolve("image/bin"));
        Files.createDirectories(folder.resolve("image/lib"));
        Files.copy(LAUNCHER, folder.resolve("image/bin/daybook"));
        executable(folder.resolve("image/bin/daybook"));
        java("17.0.15");
    }

    @Test
    void becomesTheJavaProcessAndPassesOptionsBeforeAndArgumentsAfterTheJar() throws Exception {
        Files.createFile(folder.resolve("image/lib/daybook.jar"));
        try (Child child = launch(Map.of("JAVA_OPTS", "-Xmx64m -Dx=y"), "bookie", "--data-dir", "a b")) {
            assertThat(child.exitCode()).as(child.errors()).isZero();
            List<String> told = child.remainingLines();
            assertThat(told).contains("pid " + child.pid(), "arg a b");
            assertThat(told.indexOf("arg -Xmx64m")).isGreaterThan(told.indexOf("arg -Xmx256m"));
            assertThat(told).contains("arg -XX:+UseSerialGC").doesNotContain("arg -Xms144m");
            assertThat(told.get(told.indexOf("arg -jar") + 1)).endsWith("lib/daybook.jar");
            assertThat(told.get(told.indexOf("arg -jar") + 2)).isEqualTo("arg bookie");
        }
    }

    @Test
    void aCollectorThatIsAskedForTakesThePlaceOfTheUsualOne() throws Exception {
        Files.createFile(folder.resolve("image/lib/daybook.jar"));
        try (Child child = launch(Map.of("JAVA_OPTS", "-XX:+UseZGC"), "bookie")) {
            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(child.remainingLines())
                    .contains("arg -XX:+UseZGC", "arg -Xms144m")
                    .doesNotContain("arg -XX:+UseSerialGC", "arg -XX:+UseG1GC");
        }
    }

    @Test
    void followsSymbolicLinks() throws Exception {
        Files.createFile(folder.resolve("image/lib/daybook.jar"));
        Path link = Files.createSymbolicLink(folder.resolve("here"), Path.of("image/bin/daybook"));
        try (Child child = launch(link, Map.of(), "--help")) {
            assertThat(child.exitCode()).as(child.errors()).isZero();
        }
    }

    @Test
    void saysWhichCommandBuildsAMissingJar() throws Exception {
        try (Child child = launch(Map.of(), "--help")) {
            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.errors()).contains("not built yet", "./mvnw");
        }
    }

    @Test
    void refusesAnOldJavaAndAWrongJavaHome() throws Exception {
        java("11.0.2");
        try (Child child = launch(Map.of(), "--help")) {
            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.errors()).contains("version 11", "17 or newer");
        }
        try (Child child = launch(Map.of("JAVA_HOME", "/nowhere"), "--help")) {
            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.errors()).contains("JAVA_HOME is /nowhere");
        }
    }

    private Child launch(Map<String, String> environment, String... arguments) {
        return launch(folder.resolve("image/bin/daybook"), environment, arguments);
    }

    private Child launch(Path script, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> all = new HashMap<>(
                Map.of("JAVA_HOME", folder.resolve("jdk").toString(), "DAYBOOK_JAR", "", "JAVA_OPTS", ""));
        all.putAll(environment);
        return Child.start(folder, all, command);
    }

    private void java(String version) throws IOException {
        Path java = folder.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, """
                #!/bin/sh
                if [ "$1" = -version ]; then
                  echo 'openjdk version "%s" 2025-04-15' >&2
                  exit 0
                fi
                echo "pid $$"
                for argument in "$@"; do echo "arg $argument"; done
                """.formatted(version));
        executable(java);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
