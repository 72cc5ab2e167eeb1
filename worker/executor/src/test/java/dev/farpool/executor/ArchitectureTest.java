package dev.farpool.executor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses executor =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.farpool.executor");

  @Test
  void theRuntimeNeedsNothingButTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.farpool.executor..")
        .because("user code must not meet our dependencies")
        .check(executor);
  }

  @Test
  void theFramesAndTheTreeKnowNothingOfTheRest() {
    for (String room : new String[] {"frame", "tree", "wire"}) {
      classes()
          .that()
          .resideInAPackage("..executor." + room + "..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.farpool.executor." + room + "..")
          .check(executor);
    }
    noClasses()
        .that()
        .resideInAPackage("..executor.task..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.farpool.executor")
        .check(executor);
  }
}
