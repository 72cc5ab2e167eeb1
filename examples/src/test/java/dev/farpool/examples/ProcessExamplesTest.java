package dev.farpool.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class ProcessExamplesTest {
  @Test
  void twoProcessesIntroduceThemselvesAndTheParentEndsLast() throws Exception {
    List<String> lines = Example.run(TwoProcesses.class);

    assertEquals(5, lines.size(), lines::toString);
    assertTrue(lines.get(0).matches("parent process \\d+"), lines::toString);
    assertEquals("child processes start.", lines.get(1));
    List<String> children = lines.subList(2, 4).stream().sorted().collect(Collectors.toList());
    assertTrue(children.get(0).matches("child process first has pid \\d+"), lines::toString);
    assertTrue(children.get(1).matches("child process second has pid \\d+"), lines::toString);
    assertNotEquals(lastWord(children.get(0)), lastWord(children.get(1)));
    assertEquals("child processes end.", lines.get(4));
  }

  @Test
  void joinWaitsForTheChild() throws Exception {
    assertEquals(
        List.of("child: finished", "parent: after join"),
        Example.run(JoinBarrier.class, "join", "300"));
  }

  @Test
  void withoutJoinTheParentGoesOnAndTheChildStillFinishes() throws Exception {
    assertEquals(
        List.of("parent: after start", "child: finished"),
        Example.run(JoinBarrier.class, "nojoin", "300"));
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }
}
