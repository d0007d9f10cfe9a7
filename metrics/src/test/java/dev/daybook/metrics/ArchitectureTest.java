package dev.daybook.metrics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.daybook.metrics", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule recorders_know_nothing_of_their_binding = noClasses()
            .that()
            .resideInAPackage("dev.daybook.metrics")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "dev.daybook.metrics.micrometer..")
            .because("Micrometer is optional");

    @ArchTest
    static final ArchRule sees_nothing_else_of_ours = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.daybook.protocol..", "dev.daybook.client..", "dev.daybook.core..")
            .because("everybody else may depend on the metrics");
}
