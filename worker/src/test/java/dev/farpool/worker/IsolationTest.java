package dev.farpool.worker;

import static dev.farpool.worker.testing.WorkerHarness.awaitFile;
import static dev.farpool.worker.testing.WorkerHarness.isGone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.farpool.worker.testing.FakeCoordinator;
import dev.farpool.worker.testing.WorkerHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors that run as another user than their worker, who must be root for that. */
@Timeout(60)
class IsolationTest {
  private static final String USER = "nobody";

  @TempDir Path temp;

  @BeforeEach
  void openTheWayToTheDirectory() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can run others' tasks");
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private WorkerHarness harness() throws IOException, InterruptedException {
    WorkerConfig config =
        WorkerConfig.of("w1", 1, Files.createDirectory(temp.resolve("w")))
            .withExecutors(USER, Map.of("nofile", 500L, "core", 0L));
    try {
      return new WorkerHarness(config, 10);
    } catch (IllegalArgumentException closed) {
      return abort("the build's own directory is closed to other users: " + closed.getMessage());
    }
  }

  @Test
  void tasksRunAsThatUserWithinTheLimitsAndCannotGainPrivileges() throws Exception {
    try (WorkerHarness harness = harness()) {
      Path told = shared("told");
      harness
          .open(harness.spec())
          .command(
              "sh",
              "-c",
              "{ id -un; id -G; ulimit -n; ulimit -c; echo $HOME; umask;"
                  + " grep -E 'NoNewPrivs|CapBnd' /proc/self/status; } >\"$0\"; chmod 0 .",
              told.toString());
      harness.coordinator.awaitOutcomes(1);

      assertEquals(
          Map.of("executor-limits", "core:0 nofile:500", "executor-user", USER),
          harness.coordinator.awaitRegistration(1).getLabelsMap());
      List<String> lines = Files.readAllLines(told);
      assertEquals(List.of("500", "0", "/nonexistent"), lines.subList(2, 5));
      assertEquals(USER, lines.get(0));
      assertEquals(1, lines.get(1).split(" ").length, "groups: " + lines.get(1));
      assertTrue(lines.contains("NoNewPrivs:\t1"), lines::toString);
      assertTrue(lines.contains("CapBnd:\t0000000000000000"), lines::toString);
    }
    assertNothingLeft();
  }

  @Test
  void javaTasksLoadTheirCodeAsThatUser() throws Exception {
    try (WorkerHarness harness = harness()) {
      harness.open(harness.spec()).call(1, "echo", "a");

      assertEquals("a", harness.encoded(1, 0));
    }
    assertNothingLeft();
  }

  @Test
  void thePathOfAPoolDoesNotChooseWhatRunsWithTheRightsOfTheWorker() throws Exception {
    try (WorkerHarness harness = harness()) {
      Path trace = shared("trace");
      for (String name : List.of("prlimit", "setpriv", "env")) {
        Path program = trace.resolveSibling(name);
        Files.writeString(program, "#!/bin/sh\n: >" + trace + "\n");
        assertTrue(program.toFile().setExecutable(true));
      }
      String path = trace.getParent().toString();

      harness.open(harness.spec().putEnvironment("PATH", path)).call(1, "variable", "PATH");

      assertEquals(path, harness.encoded(1, 0));
      assertFalse(Files.exists(trace));
    }
    assertNothingLeft();
  }

  @Test
  void whatHidesFromItsTreeIsKilledThoughItIsAnotherUsers() throws Exception {
    try (WorkerHarness harness = harness()) {
      Path pid = shared("pid");
      harness
          .open(harness.spec())
          .command(
              "sh",
              "-c",
              "setsid sh -c 'echo $$ >\"$0.new\"; mv \"$0.new\" \"$0\"; sleep 600' \"$0\" &"
                  + " sleep 600",
              pid.toString());
      long hidden = Long.parseLong(awaitFile(pid));

      harness.release(true);

      assertTrue(isGone(hidden));
    }
    assertNothingLeft();
  }

  @Test
  void aUserThatDoesNotExistIsToldAtTheStart() throws Exception {
    WorkerConfig config =
        WorkerConfig.of("w1", 1, temp.resolve("w")).withExecutors("no-such-user", Map.of());
    try (FakeCoordinator coordinator = new FakeCoordinator()) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Worker.start(config, coordinator))
              .getMessage();

      assertEquals("there is no user no-such-user on this host", message);
    }
  }

  /** A file in a directory that the executors' user may write to. */
  private Path shared(String name) throws IOException {
    Path directory = Files.createDirectory(temp.resolve("shared"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    return directory.resolve(name);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> agents = Files.list(temp.resolve("w/agents"))) {
      assertEquals(List.of(), agents.toList());
    }
  }
}
