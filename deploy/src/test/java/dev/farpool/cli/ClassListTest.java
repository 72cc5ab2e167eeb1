package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassListTest {
  private final ClassList list = new ClassList();

  @Test
  void classesOfSeveralListsAreNamedOnceAndWithoutTheirNumbers() {
    add("java/lang/Object id: 0", "a/B id: 1", "java/lang/Object id: 0", "c/D id: 1", "a/B id: 2");

    assertEquals(List.of("a/B", "c/D", "java/lang/Object"), list.lines());
  }

  @Test
  void lambdasComeAfterTheClassesTheyAreIn() {
    add("@lambda-proxy a/B run ()V", "a/B", "@lambda-proxy a/B run ()V");

    assertEquals(List.of("a/B", "@lambda-proxy a/B run ()V"), list.lines());
  }

  @Test
  void commentsAndWhatOnlyOneListCouldMeanStayOut() {
    add("# NOTE", "@cp a/B 1 2 7", "a/B id: 7");

    assertEquals(List.of("a/B"), list.lines());
  }

  private void add(String... lines) {
    List.of(lines).forEach(list::add);
  }
}
