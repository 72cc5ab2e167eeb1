package dev.farpool;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Wall clocks jump; leases, time-outs and order must not. */
class ClocksTest {
  @Test
  void nothingButWhatIsShownDependsOnTheWallClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.farpool.common..",
            "dev.farpool.coordinator..",
            "dev.farpool.worker..",
            "dev.farpool.executor..",
            "dev.farpool.core..",
            "dev.farpool.grpc..")
        .and()
        .doNotHaveSimpleName(
            "Sweep") // Files have wall times; it decides on those of dead processes.
        .and()
        .doNotHaveSimpleName("ClusterEndpoint") // Shows when things happened.
        .and()
        .doNotHaveSimpleName("CoordinatorConfig") // Hands the wall clock to the one above.
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(InstantSource.class, "instant")
        .because("a wall clock that jumps must change shown times only")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.farpool"));
  }
}
