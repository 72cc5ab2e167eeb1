package dev.farpool.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.farpool.cli");

  @Test
  void commandsUseOnlyTheRootPackagesOfTheProcesses() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.farpool.coordinator.*..",
            "dev.farpool.worker.*..",
            "dev.farpool.executor..",
            "dev.farpool.local..")
        .because("rooms behind the root of a process are its own")
        .check(MAIN);
  }
}
