package dev.farpool.peers.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildrenTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void whatStillRunsIsStoppedWithAllThatItStarted() throws Exception {
    ProcessHandle shell;
    ProcessHandle grandchild;
    Path directory;
    try (Children children = new Children()) {
      directory = children.directory();
      Child child = children.start("shell", shell("sleep 1000 & echo pids $$ $!; wait"));
      String[] pids = child.await("pids ", LIMIT).split(" ");
      shell = ProcessHandle.of(Long.parseLong(pids[0])).orElseThrow();
      grandchild = ProcessHandle.of(Long.parseLong(pids[1])).orElseThrow();
    }
    shell.onExit().get(30, TimeUnit.SECONDS);
    grandchild.onExit().get(30, TimeUnit.SECONDS);
    assertFalse(Files.exists(directory));
  }

  @Test
  void aProgramsLinesComeUpToItsEnd() throws Exception {
    try (Children children = new Children()) {
      assertEquals(
          List.of("one", "two"), children.start("shell", shell("echo one; echo two")).lines(LIMIT));
    }
  }

  @Test
  void aProgramThatFailsIsToldWithWhatItSaid() throws Exception {
    try (Children children = new Children()) {
      Child child = children.start("broken", shell("echo no disk >&2; exit 3"));
      IllegalStateException failed =
          assertThrows(IllegalStateException.class, () -> child.lines(LIMIT));
      assertTrue(failed.getMessage().contains("broken failed"), failed.getMessage());
      assertTrue(failed.getMessage().contains("no disk"), failed.getMessage());
    }
  }

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }
}
