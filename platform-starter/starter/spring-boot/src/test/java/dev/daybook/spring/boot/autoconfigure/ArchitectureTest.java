package dev.daybook.spring.boot.autoconfigure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.daybook.spring.boot", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("dev.daybook.spring.boot.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule optional_libraries_stay_in_their_corner = noClasses()
            .that()
            .resideInAPackage("dev.daybook.spring.boot.autoconfigure")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "org.springframework.boot.health..")
            .because("an application without them must start");
}
