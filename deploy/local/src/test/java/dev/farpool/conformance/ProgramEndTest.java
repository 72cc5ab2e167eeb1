package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a program ends, it leaves no process and no file. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(90)
class ProgramEndTest {
  private static final int EXECUTORS_AND_CHILDREN = 4;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"idle", "busy"})
  void returningFromMainLeavesNothing(String load) throws Exception {
    assertLeavesNothing("return", load, Program::tell, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"idle", "busy"})
  void systemExitLeavesNothing(String load) throws Exception {
    assertLeavesNothing("exit", load, Program::tell, 0);
  }

  @Test
  void controlCLeavesNothing() throws Exception {
    assertLeavesNothing("wait", "busy", program -> program.signal("INT"), 130);
  }

  @ParameterizedTest
  @ValueSource(strings = {"idle", "busy"})
  void killLeavesNothing(String load) throws Exception {
    assertLeavesNothing("wait", load, program -> program.signal("KILL"), 137);
  }

  @Test
  void theNextProgramSweepsUpWhatADeadOneLeft() throws Exception {
    Path dead = Files.createDirectory(directory.resolve("farpool-1-dead"));
    Files.createFile(dead.resolve("lock"));
    Files.createFile(dead.resolve("something"));

    assertLeavesNothing("return", "idle", Program::tell, 0);
  }

  @Test
  void theNextProgramLeavesALivingOneAlone() throws Exception {
    try (Program living = Program.start(directory, EndingProgram.class, "return", "idle")) {
      living.awaitLines(EXECUTORS_AND_CHILDREN);
      try (Program next = Program.start(directory, EndingProgram.class, "return", "idle")) {
        next.awaitLines(EXECUTORS_AND_CHILDREN);
        next.tell();
        assertEquals(0, next.awaitExitCode());
      }
      assertEquals(1, files().size(), () -> files().toString());
      living.tell();
      assertEquals(0, living.awaitExitCode());
    }
  }

  private interface End {
    void bring(Program program) throws IOException, InterruptedException;
  }

  private void assertLeavesNothing(String how, String load, End end, int exitCode)
      throws IOException, InterruptedException {
    try (Program program = Program.start(directory, EndingProgram.class, how, load)) {
      List<Long> pids =
          program.awaitLines(EXECUTORS_AND_CHILDREN).stream()
              .map(Long::valueOf)
              .collect(Collectors.toList());
      assertTrue(pids.stream().allMatch(ProgramEndTest::isAlive));

      end.bring(program);

      assertEquals(exitCode, program.awaitExitCode());
      Marks.until("end of " + pids, () -> pids.stream().noneMatch(ProgramEndTest::isAlive));
      Marks.until("deletion of " + files(), () -> files().isEmpty());
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.collect(Collectors.toList());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
