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
  private static final String[] PACKAGES = {
    "dev.farpool.common",
    "dev.farpool.coordinator",
    "dev.farpool.worker",
    "dev.farpool.executor",
    "dev.farpool.core",
    "dev.farpool.grpc"
  };

  @Test
  void nothingButWhatIsShownDependsOnTheWallClock() {
    // Files have wall times, and Sweep decides on those of dead processes; certificates and tokens
    // expire by the calendar; the others show times, of spans one of them.
    noClasses()
        .that()
        .resideOutsideOfPackage("..coordinator.access..")
        .and()
        .doNotHaveSimpleName("Sweep")
        .and()
        .doNotHaveSimpleName("ClusterEndpoint")
        .and()
        .doNotHaveSimpleName("CoordinatorConfig")
        .and()
        .doNotHaveSimpleName("SpanClock")
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
        .because("a wall clock that jumps must change shown times and what has expired only")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(PACKAGES));
  }
}
