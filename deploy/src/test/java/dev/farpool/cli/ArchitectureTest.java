package dev.farpool.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
        .dependOnClassesThat(
            resideInAnyPackage(
                    "dev.farpool.coordinator.*..",
                    "dev.farpool.worker.*..",
                    "dev.farpool.executor..",
                    "dev.farpool.local..")
                .and(not(resideInAPackage("dev.farpool.coordinator.access"))))
        .because("rooms behind the root of a process are its own, but for the file of tokens")
        .check(MAIN);
  }
}
