package dev.daybook.console;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.daybook.client.meta.RepairStore;
import dev.daybook.client.meta.job.JobStore;

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

    @ArchTest
    static final ArchRule nothing_but_a_job_is_changed = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(RepairStore.class)))
                    .and(target(nameMatching("mark|unmark|lock|set.*|stand|initialise.*|pretend.*|report"))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(JobStore.class))).and(target(nameMatching("submit|save"))))
            .because("a job can be ended through the console, and everything else is only shown");
}
