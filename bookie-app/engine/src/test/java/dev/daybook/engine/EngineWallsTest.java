package dev.daybook.engine;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.daybook.engine.request.Verdict;

/** The walls inside this module; docs/architecture.md. */
@AnalyzeClasses(packages = "dev.daybook.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineWallsTest {
    @ArchTest
    static final ArchRule noIoThreadsOrClocks = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.daybook.protocol.wire..",
                    "java.io..",
                    "java.nio..",
                    "java.net..",
                    "java.util.concurrent..",
                    "io.netty..",
                    "org.slf4j..")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    /** Statements of absence are made in one place, so that one place has to be right. */
    @ArchTest
    static final ArchRule negativesComeFromOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName("Negatives")
            .and()
            .doNotHaveSimpleName("Verdict")
            .should()
            .accessTargetWhere(
                    target(owner(equivalentTo(Verdict.class))).and(target(nameMatching("NO_LEDGER|NO_ENTRY"))));

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.daybook.engine.(*)..").should().beFreeOfCycles();
}
