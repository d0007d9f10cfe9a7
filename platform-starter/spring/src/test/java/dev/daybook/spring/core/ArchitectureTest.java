package dev.daybook.spring.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.daybook.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule works_without_boot = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot..")
            .because("the template is for every Spring application");

    @ArchTest
    static final ArchRule sees_only_the_face_of_the_client = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.daybook.core..", "dev.daybook.protocol.wire..", "io.netty..", "org.apache.zookeeper..")
            .because("the client hides how it works");
}
