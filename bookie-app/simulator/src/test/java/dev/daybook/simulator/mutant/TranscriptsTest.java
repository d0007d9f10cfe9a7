package dev.daybook.simulator.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.daybook.simulator.run.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Orders of events that are too rare to wait for: the code bears each of them, and breaks under the defects named there. */
class TranscriptsTest {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");

    private final MutantCompiler compiler = new MutantCompiler(Path.of("../.."), System.getProperty("java.class.path"));

    @TestFactory
    List<DynamicTest> theCodeBearsWhatTheDefectsDoNot() throws IOException {
        List<Mutant> catalogue = Catalogue.read();
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                Transcript transcript = Transcript.parse(text);
                tests.add(dynamicTest(file.getFileName() + " without a defect", () -> {
                    assertFalse(transcript.mutants().isEmpty());
                    assertEquals("", new TranscriptPlayer().apply(text));
                }));
                for (String id : transcript.mutants()) {
                    Mutant mutant = catalogue.stream()
                            .filter(each -> each.id().equals(id))
                            .findFirst()
                            .orElseThrow();
                    tests.add(dynamicTest(
                            file.getFileName() + " under " + id,
                            () -> assertEquals(transcript.rule(), play(mutant, text), "the rule that breaks")));
                }
            }
        }
        return tests;
    }

    @SuppressWarnings("unchecked") // The player of another class loader.
    private String play(Mutant mutant, String text) throws IOException, ReflectiveOperationException {
        Object player = new MutantLoader(compiler.compile(mutant))
                .loadClass(TranscriptPlayer.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        return ((UnaryOperator<String>) player).apply(text);
    }
}
