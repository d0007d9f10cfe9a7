package dev.daybook.simulator.mutant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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
}
