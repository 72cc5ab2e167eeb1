package dev.farpool;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLIENT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(
              "dev.farpool", "dev.farpool.call", "dev.farpool.core", "dev.farpool.grpc");

  private static final String FUNCTION_TYPES =
      "dev\\.farpool\\.(Serializable\\w+|ResultEncodingException)";

  @Test
  void theEncodingOfCallsNeedsOnlyTheJdkAndTheFunctionTypes() {
    noClasses()
        .that()
        .resideInAPackage("dev.farpool.call")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.not(
                resideInAnyPackage("java..", "sun.misc", "dev.farpool.call")
                    .or(nameMatching(FUNCTION_TYPES))))
        .check(CLIENT);
  }

  @Test
  void theCoreKnowsNeitherConnectionsNorClocksNorThreads() {
    noClasses()
        .that()
        .resideInAPackage("dev.farpool.core")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.grpc..",
            "java.util.concurrent..",
            "java.time..",
            "java.io..",
            "java.nio..",
            "dev.farpool",
            "dev.farpool.grpc..",
            "dev.farpool.code..",
            "dev.farpool.call..")
        .check(CLIENT);
  }

  @Test
  void roomsKnowTheCoreButNotTheRoot() {
    noClasses()
        .that(resideInAnyPackage("dev.farpool.grpc", "dev.farpool.code", "dev.farpool.trace"))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.farpool"))
        .check(CLIENT);
  }

  @Test
  void onlyTheTracesKnowOpenTelemetry() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.farpool.trace", "dev.farpool.common.trace")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("a program without it has none of it on its class path")
        .check(CLIENT);
  }

  @Test
  void thePublicSurfaceMentionsNeitherGrpcNorProtobuf() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.farpool")
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should(mentionOnlyWhatUsersKnow())
        .check(CLIENT);
  }

  private static ArchCondition<JavaMethod> mentionOnlyWhatUsersKnow() {
    return new ArchCondition<>("mention only the JDK and dev.farpool") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        method.getAllInvolvedRawTypes().stream()
            .map(type -> type.getBaseComponentType())
            .filter(type -> !type.isPrimitive())
            .filter(type -> !type.getPackageName().startsWith("java"))
            .filter(type -> !type.getPackageName().equals("dev.farpool"))
            .filter(
                type -> !method.getName().equals("accept") && !method.getName().equals("indexed"))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " mentions " + type.getName())));
      }
    };
  }
}
