package dev.daybook.simulator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What would make a seed play differently the second time. */
@AnalyzeClasses(packages = "dev.daybook.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class SimulatorWallsTest {
    /** They run nothing by themselves. */
    private static final DescribedPredicate<JavaClass> STAGES =
            equivalentTo(CompletableFuture.class).or(equivalentTo(CompletionStage.class));

    @ArchTest
    static final ArchRule stagesRunWhereTheyAreCompleted = noClasses()
            .should()
            .callMethodWhere(JavaCall.Predicates.target(nameMatching(".*Async|orTimeout|completeOnTimeout")));

    @ArchTest
    static final ArchRule noThreadsAndNoClock = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat(resideInAPackage("java.util.concurrent..").and(not(STAGES)))
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callConstructor(Random.class);

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.daybook.simulator.(*)..").should().beFreeOfCycles();
}
