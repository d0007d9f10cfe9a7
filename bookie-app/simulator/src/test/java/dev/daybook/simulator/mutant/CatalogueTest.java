package dev.daybook.simulator.mutant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final MutantCompiler compiler = new MutantCompiler(Path.of("../.."), System.getProperty("java.class.path"));

    @Test
    void everyMutantStillAppliesToTheSources() {
        List<Mutant> mutants = Catalogue.read();
        assertTrue(mutants.size() >= 20);
        assertEquals(mutants.size(), mutants.stream().map(Mutant::id).distinct().count());
        for (Mutant mutant : mutants) {
            assertDoesNotThrow(() -> compiler.sources(mutant), mutant.id());
        }
    }

    /** One mutant that dies at once: the whole way from the text to a broken rule works. */
    @Test
    void aMutantIsCompiledLoadedAndCaught() throws IOException, ReflectiveOperationException {
        Mutant mutant = Catalogue.read().stream()
                .filter(each -> each.id().equals("B9"))
                .findFirst()
                .orElseThrow();
        Map<String, byte[]> classes = compiler.compile(mutant);
        assertFalse(classes.isEmpty());
        Object player = new MutantLoader(classes)
                .loadClass(SeedPlayer.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        boolean caught = false;
        for (long seed = 1; seed <= 200 && !caught; seed++) {
            caught = !String.valueOf(((LongFunction<?>) player).apply(seed)).isEmpty();
        }
        assertTrue(caught);
    }
}
