package dev.daybook.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls inside this module; docs/architecture.md. */
@AnalyzeClasses(packages = "dev.daybook.storage", importOptions = ImportOption.DoNotIncludeTests.class)
class StorageWallsTest {
    @ArchTest
    static final ArchRule filesOnlyBehindTheDiskPort = noClasses()
            .that()
            .resideOutsideOfPackage("dev.daybook.storage.disk")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.channels..", "java.nio.file..");

    @ArchTest
    static final ArchRule noThreadsAndNoClock = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.daybook.storage.(*)..").should().beFreeOfCycles();
}
