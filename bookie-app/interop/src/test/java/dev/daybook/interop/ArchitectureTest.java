package dev.daybook.interop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The walls of docs/architecture.md. This module sees every other one, so the rules for all of them live here; samples
 * are executable jars, which the importer cannot look into, and have rules of their own.
 */
@AnalyzeClasses(
        packages = "dev.daybook",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestsOfOtherModules.class})
class ArchitectureTest {
    /** Some modules lend their tests' helpers in a jar of their own. */
    static final class NoTestsOfOtherModules implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.matches(Pattern.compile(".*-tests\\.jar!.*"));
        }
    }

    @ArchTest
    static final ArchRule MODULES_KNOW_ONLY_WHAT_THE_TABLE_ALLOWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("metrics")
            .definedBy("dev.daybook.metrics..")
            .layer("protocol")
            .definedBy("dev.daybook.protocol..")
            .layer("core")
            .definedBy("dev.daybook.core..")
            .layer("client")
            .definedBy("dev.daybook.client..")
            .layer("spring")
            .definedBy("dev.daybook.spring.core..")
            .layer("starter")
            .definedBy("dev.daybook.spring.boot..")
            .layer("engine")
            .definedBy("dev.daybook.engine..")
            .layer("storage")
            .definedBy("dev.daybook.storage..")
            .layer("server")
            .definedBy("dev.daybook.server..")
            .layer("tools")
            .definedBy("dev.daybook.tools..")
            .layer("importer")
            .definedBy("dev.daybook.importer..")
            .layer("boot")
            .definedBy("dev.daybook.boot..")
            .layer("console")
            .definedBy("dev.daybook.console..")
            .whereLayer("metrics")
            .mayNotAccessAnyLayer()
            .whereLayer("protocol")
            .mayNotAccessAnyLayer()
            .whereLayer("core")
            .mayOnlyAccessLayers("protocol")
            .whereLayer("client")
            .mayOnlyAccessLayers("core", "protocol", "metrics")
            .whereLayer("spring")
            .mayOnlyAccessLayers("client", "protocol")
            .whereLayer("starter")
            .mayOnlyAccessLayers("spring", "client", "protocol", "metrics")
            .whereLayer("engine")
            .mayOnlyAccessLayers("protocol")
            .whereLayer("storage")
            .mayOnlyAccessLayers("engine", "protocol", "metrics")
            .whereLayer("server")
            .mayOnlyAccessLayers("storage", "engine", "client", "core", "protocol", "metrics")
            .whereLayer("tools")
            .mayOnlyAccessLayers("server", "storage", "engine", "protocol")
            .whereLayer("importer")
            .mayOnlyAccessLayers("server", "storage", "engine", "client", "protocol", "metrics")
            .whereLayer("boot")
            .mayOnlyAccessLayers(
                    "importer",
                    "tools",
                    "server",
                    "storage",
                    "engine",
                    "client",
                    "core",
                    "protocol",
                    "metrics",
                    "console")
            .whereLayer("console")
            .mayOnlyAccessLayers("client", "core", "protocol", "starter", "metrics");

    @ArchTest
    static final ArchRule THE_CONSOLE_SEES_ONLY_JOBS_AND_SEARCHES_OF_THE_CORE = noClasses()
            .that()
            .resideInAPackage("dev.daybook.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.daybook.core.effect..",
                    "dev.daybook.core.health..",
                    "dev.daybook.core.log..",
                    "dev.daybook.core.metadata..",
                    "dev.daybook.core.place..",
                    "dev.daybook.core.quorum..",
                    "dev.daybook.core.read..",
                    "dev.daybook.core.recover..",
                    "dev.daybook.core.repair..",
                    "dev.daybook.core.work..",
                    "dev.daybook.core.write..");

    @ArchTest
    static final ArchRule THE_PROGRAM_SEES_ONLY_SETTINGS_AND_ERRORS_OF_THE_ENGINE = noClasses()
            .that()
            .resideInAPackage("dev.daybook.boot..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.daybook.engine.journal..",
                    "dev.daybook.engine.ledger..",
                    "dev.daybook.engine.request..",
                    "dev.daybook.storage.*..")
            .because("rules of garbage collection are settings, and a damaged folder is told to a person; no more");

    @ArchTest
    static final ArchRule CORES_SEE_ONLY_THE_SHARED_VALUES = noClasses()
            .that()
            .resideInAnyPackage("dev.daybook.core..", "dev.daybook.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.daybook.protocol.wire..",
                    "dev.daybook.protocol.digest..",
                    "dev.daybook.protocol.format..",
                    "java.io..",
                    "java.nio..",
                    "java.net..",
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
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .because("a core is driven by the simulator; anything it reads from outside breaks replay by seed");

    @ArchTest
    static final ArchRule NETTY_CHANNELS_STAY_AT_THE_EDGE = noClasses()
            .that()
            .resideInAPackage("dev.daybook..")
            .and()
            .resideOutsideOfPackages(
                    "dev.daybook.client.net..", "dev.daybook.client.loop..", "dev.daybook.server.net..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..", "io.netty.handler..");

    @ArchTest
    static final ArchRule BUFFERS_STAY_WHERE_BYTES_ARE = noClasses()
            .that()
            .resideInAPackage("dev.daybook..")
            .and()
            .resideOutsideOfPackages(
                    "dev.daybook.protocol.wire..",
                    "dev.daybook.protocol.digest..",
                    "dev.daybook.client.net..",
                    "dev.daybook.client.loop..",
                    "dev.daybook.server.net..",
                    "dev.daybook.server.shard..",
                    "dev.daybook.server.journal..",
                    "dev.daybook.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.buffer..");

    @ArchTest
    static final ArchRule ZOOKEEPER_STAYS_IN_ITS_ADAPTER = noClasses()
            .that()
            .resideInAPackage("dev.daybook..")
            .and()
            .resideOutsideOfPackages("dev.daybook.client.meta.zookeeper..", "dev.daybook.boot.zookeeper..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.zookeeper..");

    @ArchTest
    static final ArchRule FILE_CHANNELS_STAY_BEHIND_THE_DISK_PORT = noClasses()
            .that()
            .resideInAnyPackage("dev.daybook.storage..", "dev.daybook.engine..", "dev.daybook.server.shard..")
            .and()
            .resideOutsideOfPackage("dev.daybook.storage.disk..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.nio.channels..");

    @ArchTest
    static final ArchRule SPRING_STAYS_IN_SPRING_MODULES = noClasses()
            .that()
            .resideInAPackage("dev.daybook..")
            .and()
            .resideOutsideOfPackages(
                    "dev.daybook.spring..", "dev.daybook.boot..", "dev.daybook.console..", "dev.daybook.samples..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule NO_CYCLES_IN_THE_LIBRARY =
            slices().matching("dev.daybook.(*).(*)..").should().beFreeOfCycles();
}
