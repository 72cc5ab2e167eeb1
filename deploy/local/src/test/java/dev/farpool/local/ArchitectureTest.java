package dev.farpool.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.farpool.local");

  @Test
  void onlyTheProviderIsPublic() {
    classes()
        .that()
        .doNotBelongToAnyOf(EmbeddedClusterProvider.class)
        .should()
        .notBePublic()
        .check(CLASSES);
  }

  @Test
  void coordinatorAndWorkerAreReachedThroughTheirRootPackages() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.farpool.coordinator.*..", "dev.farpool.worker.*..", "dev.farpool.executor..")
        .check(CLASSES);
  }
}
