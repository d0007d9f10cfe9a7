package dev.daybook.simulator.mutant;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daybook.simulator.run.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What no transcript catches, a build's seeds catch. {@code MUTANTS.md} says how many it takes from other starts. */
class EveryMutantTest {
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");
    private static final long SEEDS = 2000;

    private final MutantCompiler compiler = new MutantCompiler(Path.of("../.."), System.getProperty("java.class.path"));

    @TestFactory
    List<DynamicTest> everyMutantIsCaught() throws IOException {
        Set<String> directed = directed();
        return Catalogue.read().stream()
                .filter(mutant -> !directed.contains(mutant.id()))
                .map(mutant -> DynamicTest.dynamicTest(mutant.id() + " " + mutant.what(), () -> catchIt(mutant)))
                .toList();
    }

    private static Set<String> directed() throws IOException {
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
            for (Path file : files.toList()) {
                ids.addAll(Transcript.parse(Files.readString(file)).mutants());
            }
        }
        return ids;
    }

    private void catchIt(Mutant mutant) throws IOException, ReflectiveOperationException {
        LongFunction<?> player = (LongFunction<?>) new MutantLoader(compiler.compile(mutant))
                .loadClass(SeedPlayer.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        boolean caught = false;
        for (long seed = 1; seed <= SEEDS && !caught; seed++) {
            caught = !String.valueOf(player.apply(seed)).isEmpty();
        }
        assertTrue(caught, () -> mutant.id() + " lives through " + SEEDS + " seeds");
    }
}
