package dev.daybook.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls inside this module. The root package is the door: it is seen by all and names the entry points. */
@AnalyzeClasses(packages = "dev.daybook.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.daybook.client.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule channelsOnlyInNet = noClasses()
            .that()
            .resideOutsideOfPackage("dev.daybook.client.net")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..", "io.netty.handler..");

    @ArchTest
    static final ArchRule buffersOnlyWhereEntriesPass = noClasses()
            .that()
            .resideOutsideOfPackages("dev.daybook.client.net", "dev.daybook.client.loop")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule zooKeeperOnlyInItsAdapter = noClasses()
            .that()
            .resideOutsideOfPackage("dev.daybook.client.meta.zookeeper")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.zookeeper..");
}
