package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.farpool.chaos.kit.Launched;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoIT extends Sandboxed {
  @Test
  void demoShowsThreeTasksAndDoneAndLeavesNothing() throws Exception {
    List<String> out = sandbox.farpool("demo").exits(0).out();

    assertEquals(7, out.size(), out::toString);
    for (String letter : List.of("A", "B", "C")) {
      assertEquals(1, count(out, letter + " started at .*"), out::toString);
      assertEquals(1, count(out, letter + " ran for .* s"), out::toString);
    }
    assertEquals("Done.", out.get(6));
    sandbox.assertNothingLeft();
  }

  @Test
  void interruptedDemoLeavesNothing() throws Exception {
    Launched demo = sandbox.farpool("demo");
    demo.awaitLine("A started at .*");

    demo.terminate();

    demo.exits(143);
    assertFalse(demo.out().contains("Done."), demo::toString);
    sandbox.assertNothingLeft();
  }

  private static long count(List<String> lines, String regex) {
    return lines.stream().filter(line -> line.matches(regex)).count();
  }
}
