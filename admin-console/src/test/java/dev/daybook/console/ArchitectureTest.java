package dev.daybook.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.daybook.console", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("dev.daybook.console.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule facts_know_nothing_of_pages_or_spring = noClasses()
            .that()
            .resideInAnyPackage("..console.cluster..", "..console.usage..", "..console.view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta..", "..console.web..", "..console.security..")
            .because("what pages show must be testable without a server");

    @ArchTest
    static final ArchRule no_changes_through_the_console = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.daybook\\.client\\.(AppendLedger|meta\\.MetadataStore|meta\\.BookieRegistry)")
            .because("these pages only look");
}
