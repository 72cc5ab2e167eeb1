package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Holds docs/SEMANTICS.md and the tests it names together. */
class SemanticsDocumentTest {
  private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test\\.\\w+)`");

  @Test
  void everyRowNamesTestsThatExistAndEveryTestIsInARow() throws IOException {
    Set<String> named =
        TEST_NAME
            .matcher(Files.readString(Path.of("../../docs/SEMANTICS.md")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(testsThatExist(), named);
  }

  private static Set<String> testsThatExist() {
    return Stream.of(
            BadInputTest.class,
            CallbacksTest.class,
            ChunkSizesTest.class,
            CloseTerminateJoinTest.class,
            ConstructorTest.class,
            ErrorsTest.class,
            ImapTest.class,
            InitializerTest.class,
            MapErrorsTest.class,
            OutputTest.class,
            ProcessDeathTest.class,
            ProcessesTest.class,
            ProgramEndTest.class,
            ResultsTest.class,
            SubmissionTest.class,
            TaskOptionsTest.class,
            UnevenMapTest.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(SemanticsDocumentTest::isTest)
        .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }
}
