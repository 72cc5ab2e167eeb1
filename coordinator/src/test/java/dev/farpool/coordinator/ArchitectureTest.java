package dev.farpool.coordinator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.farpool.common.trace.TraceContexts;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.farpool.coordinator");

  @Test
  void theCoreKnowsNothingButCollectionsAndMessages() {
    noClasses()
        .that()
        .resideInAnyPackage("..coordinator.core..", "..coordinator.history..")
        .should()
        .dependOnClassesThat(
            not(resideInAnyPackage(
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.time",
                        "com.google.protobuf",
                        "dev.farpool.v1",
                        "dev.farpool.coordinator.history",
                        "dev.farpool.coordinator.core")
                    .or(belongToAnyOf(TraceContexts.class)))
                .or(
                    belongToAnyOf(
                        Thread.class,
                        Random.class,
                        Clock.class,
                        Instant.class,
                        UUID.class,
                        System.class)))
        .because("a simulation can replay only what the arguments alone decide")
        .check(MAIN);
  }

  @Test
  void theHistoryIsToldByTheCoreAndDoesNotKnowIt() {
    noClasses()
        .that()
        .resideInAPackage("..coordinator.history..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..coordinator.core..")
        .check(MAIN);
  }

  @Test
  void timeAndNamesComeFromTheSurroundings() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .because("a simulation gives its own")
        .check(MAIN);
  }

  @Test
  void theRoomsKnowOnlyTheCore() {
    noClasses()
        .that()
        .resideInAPackage("..coordinator.grpc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.farpool.coordinator",
            "..coordinator.blob..",
            "..coordinator.spill..",
            "..coordinator.console..",
            "..coordinator.metrics..",
            "..coordinator.trace..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage("..coordinator.blob..", "..coordinator.spill..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.farpool.coordinator",
            "..coordinator.grpc..",
            "..coordinator.metrics..",
            "io.grpc..")
        .check(MAIN);
  }

  @Test
  void onlyTheMetricsKnowWhatTheyAreShownWith() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..coordinator.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .because("an embedded coordinator has none of it on its class path")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAPackage("..coordinator.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.farpool.coordinator",
            "..coordinator.grpc..",
            "..coordinator.blob..",
            "..coordinator.spill..")
        .check(MAIN);
  }

  @Test
  void openTelemetryIsKnownElsewhere() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("an embedded coordinator has none of it on its class path")
        .check(MAIN);
  }

  @Test
  void theConsoleIsAClientOfTheServices() {
    noClasses()
        .that()
        .resideInAPackage("..coordinator.console..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.farpool.coordinator..")
                .and(not(resideInAnyPackage("..coordinator.console..", "..coordinator.access.."))))
        .because("what is checked for calls has to be checked for it")
        .check(MAIN);
  }

  @Test
  void theTracesAreToldByTheCoreAndKnowNothingElse() {
    noClasses()
        .that()
        .resideInAPackage("..coordinator.trace..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.farpool.coordinator..")
                .and(not(resideInAnyPackage("..coordinator.trace..", "..coordinator.core.."))))
        .check(MAIN);
  }

  @Test
  void whoMayDoWhatIsDecidedWithoutKnowingTheRest() {
    noClasses()
        .that()
        .resideInAPackage("..coordinator.access..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.farpool..")
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.farpool.coordinator.access", "dev.farpool.common.security"))))
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage("..coordinator.core..", "..coordinator.blob..", "..coordinator.spill..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..coordinator.access..")
        .check(MAIN);
  }

  @Test
  void nothingIsDeserialized() {
    noClasses()
        .should()
        .dependOnClassesThat(belongToAnyOf(ObjectInputStream.class))
        .because("payloads are bytes that only executors and clients may take for objects")
        .check(MAIN);
  }

  @Test
  void theCoordinatorKnowsNoOtherProcess() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.farpool..")
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.farpool.coordinator..",
                            "dev.farpool.common..",
                            "dev.farpool.v1.."))))
        .check(MAIN);
  }
}
