package dev.farpool.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.farpool.worker");

  @Test
  void theCoreIsPure() {
    noClasses()
        .that()
        .resideInAPackage("..worker.core..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.util.concurrent..",
                    "java.io..",
                    "java.net..",
                    "java.nio..",
                    "io.grpc..",
                    "org.slf4j..")
                .or(
                    belongToAnyOf(
                        Thread.class, Random.class, Clock.class, Instant.class, UUID.class)))
        .because("it must give the same effects for the same calls, in a simulator as well")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..worker.core..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("time comes in as an argument")
        .check(CLASSES);
  }

  @Test
  void nothingIsDeserialized() {
    noClasses()
        .should()
        .dependOnClassesThat(belongToAnyOf(ObjectInputStream.class))
        .because("payloads are bytes that only executors and clients may take for objects")
        .check(CLASSES);
  }

  @Test
  void roomsKnowOnlyTheCore() {
    for (String room : new String[] {"grpc", "exec", "blob", "metrics", "trace", "core"}) {
      noClasses()
          .that()
          .resideInAPackage("..worker." + room + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.farpool.worker..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.farpool.worker.core..", "dev.farpool.worker." + room + ".."))))
          .because("the root wires the rooms together")
          .check(CLASSES);
    }
  }

  @Test
  void onlyTheMetricsKnowWhatTheyAreShownWith() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..worker.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .because("an embedded worker has none of it on its class path")
        .check(CLASSES);
  }

  @Test
  void openTelemetryIsKnownElsewhere() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("an embedded worker has none of it on its class path")
        .check(CLASSES);
  }

  @Test
  void theWorkerKnowsNeitherCoordinatorNorClient() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.farpool.coordinator..", "dev.farpool.call..", "dev.farpool"))
        .because("they meet in the contract")
        .check(CLASSES);
  }
}
