package dev.farpool.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.farpool.simulation");

  @Test
  void theCheckerAsksTheProductNothing() {
    noClasses()
        .that()
        .resideInAPackage("dev.farpool.simulation.check..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.farpool.coordinator..", "dev.farpool.worker..", "dev.farpool.grpc..")
        .check(CLASSES);
  }

  @Test
  void nothingInARunLooksAtTheRealWorld() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.farpool.simulation.time..",
            "dev.farpool.simulation.net..",
            "dev.farpool.simulation.node..",
            "dev.farpool.simulation.work..",
            "dev.farpool.simulation.fault..",
            "dev.farpool.simulation.check..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(CLASSES);
  }

  @Test
  void timeKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.farpool.simulation.time..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.farpool.simulation.net..",
            "dev.farpool.simulation.node..",
            "dev.farpool.simulation.work..",
            "dev.farpool.simulation.check..")
        .check(CLASSES);
  }
}
