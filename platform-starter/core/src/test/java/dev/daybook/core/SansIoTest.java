package dev.daybook.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.UUID;

@AnalyzeClasses(packages = "dev.daybook.core", importOptions = ImportOption.DoNotIncludeTests.class)
class SansIoTest {
    @ArchTest
    static final ArchRule no_io_threads_clocks_or_chance = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio..",
                    "java.net..",
                    "java.time..",
                    "java.util.concurrent..",
                    "io.netty..",
                    "org.slf4j..")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .because("a core is driven by the simulator; anything it reads from outside breaks replay by seed");

    @ArchTest
    static final ArchRule only_values_and_plain_java = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.daybook.core..", "dev.daybook.protocol.model", "java.lang..", "java.util..", "org.jspecify..")
            .because("wire formats and stores are the drivers' business");

    @ArchTest
    static final ArchRule no_package_cycles =
            slices().matching("dev.daybook.core.(*)..").should().beFreeOfCycles();
}
