package dev.farpool.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.farpool.chaos");

  @Test
  void schedulesAndCheckersArePure() {
    classes()
        .that()
        .resideInAnyPackage("..schedule..", "..history..")
        .and()
        .doNotHaveSimpleName("HistoryFile")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..", "java.util..", "java.time..", "..chaos.schedule..", "..chaos.history..")
        .because("they must give the same for the same seed and lines")
        .check(MAIN);
  }

  @Test
  void theKitKnowsNothingOfTheRun() {
    noClasses()
        .that()
        .resideInAnyPackage("..kit..", "..history..", "..schedule..", "..work..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..chaos.run..")
        .because("tests use them too")
        .check(MAIN);
  }
}
