package dev.farpool.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.RemoteProcess;
import dev.farpool.SerializableRunnable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 1.9 of the semantics: Process. */
@Timeout(60)
class ProcessesTest {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster(2);

  @TempDir Path directory;
  private Marks marks;

  @BeforeEach
  void makeMarks() {
    marks = Marks.in(directory);
  }

  @Test
  void aProcessGoesThroughItsLife() throws Exception {
    RemoteProcess process = gated();

    assertFalse(process.isAlive());
    assertEquals(OptionalLong.empty(), process.pid());
    assertEquals(OptionalInt.empty(), process.exitCode());
    process.start();
    marks.await("started-", 1);
    assertTrue(process.isAlive());
    assertEquals("started-" + process.pid().getAsLong(), marks.names("started-").get(0));
    assertEquals(OptionalInt.empty(), process.exitCode());
    assertFalse(process.join(Duration.ofMillis(20)));
    marks.make("go");
    process.join();
    process.join();

    assertFalse(process.isAlive());
    assertEquals(OptionalInt.of(0), process.exitCode());
  }

  @Test
  void anUncaughtExceptionGivesExitCodeOne() throws Exception {
    List<String> printed = new CopyOnWriteArrayList<>();
    RemoteProcess process =
        CLUSTER
            .cluster()
            .newProcess(
                () -> {
                  throw new IllegalStateException("on purpose");
                })
            .name("sad")
            .output(output -> printed.add(new String(output.bytes(), StandardCharsets.UTF_8)))
            .start();
    process.join();

    assertEquals(OptionalInt.of(1), process.exitCode());
    String text = String.join("", printed);
    assertTrue(text.startsWith("Process sad:"), text);
    assertTrue(text.contains("IllegalStateException: on purpose"), text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "256, 0", "-1, 255"})
  void systemExitGivesItsCodeModulo256(int argument, int expected) throws Exception {
    assertEquals(OptionalInt.of(expected), exitCodeOf(() -> System.exit(argument)));
  }

  @Test
  void terminateIsSignal15() throws Exception {
    RemoteProcess process = gated();
    process.start();
    marks.await("started-", 1);

    process.terminate();
    process.join();

    assertEquals(OptionalInt.of(-15), process.exitCode());
    process.terminate(); // Nothing to do any more.
  }

  @Test
  void killIsSignal9() throws Exception {
    RemoteProcess process = gated();
    process.start();
    marks.await("started-", 1);

    process.kill();
    process.join();

    assertEquals(OptionalInt.of(-9), process.exitCode());
  }

  @Test
  void aProcessStartsOnce() throws Exception {
    RemoteProcess process = CLUSTER.cluster().newProcess(() -> {}).build();
    process.start();

    assertRefused("cannot start a process twice", process::start);
    process.join();
  }

  @Test
  void aProcessThatWasNotStartedCannotBeJoinedOrStopped() {
    RemoteProcess process = CLUSTER.cluster().newProcess(() -> {}).build();

    assertRefused("can only join a started process", process::join);
    assertThrows(IllegalStateException.class, process::terminate);
    assertThrows(IllegalStateException.class, process::kill);
  }

  @Test
  void aRunningProcessCannotBeClosedAndAClosedOneKeepsItsName() throws Exception {
    RemoteProcess process = gated();
    process.start();
    marks.await("started-", 1);

    assertRefused(
        "Cannot close a process while it is still running. "
            + "You should first call join() or terminate().",
        process::close);
    marks.make("go");
    process.join();
    process.close();
    process.close();

    assertRefused("process object is closed", process::isAlive);
    assertRefused("process object is closed", process::exitCode);
    assertTrue(process.name().startsWith("Process-"), process::name);
  }

  @Test
  void namesAreNumberedUnlessGiven() {
    String first = CLUSTER.cluster().newProcess(() -> {}).build().name();
    String second = CLUSTER.cluster().newProcess(() -> {}).build().name();

    assertTrue(first.matches("Process-\\d+"), first);
    assertNotEquals(first, second);
    assertEquals("loader", CLUSTER.cluster().newProcess(() -> {}).name("loader").build().name());
  }

  @Test
  void onExitTellsTheEnd() throws Exception {
    RemoteProcess process = CLUSTER.cluster().newProcess(() -> {}).build();
    process.start();

    assertEquals(
        OptionalInt.of(0),
        process.onExit().toCompletableFuture().get(20, TimeUnit.SECONDS).exitCode());
  }

  @Test
  void itSaysWhatStateItIsIn() throws Exception {
    RemoteProcess process = CLUSTER.cluster().newProcess(() -> {}).name("p").build();

    assertTrue(process.toString().contains("initial"), process::toString);
    process.start();
    process.join();
    assertTrue(process.toString().contains("stopped"), process::toString);
    assertTrue(process.toString().contains("exitcode=0"), process::toString);
  }

  @Test
  void aProcessCannotBeSentToAnother() {
    RemoteProcess process = CLUSTER.cluster().newProcess(() -> {}).build();

    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> CLUSTER.warm().applyAsync(() -> process.join()))
            .getMessage();

    assertTrue(message.contains("dev.farpool.RemoteProcess"), message);
  }

  @Test
  void aProgramWaitsForItsProcesses(@TempDir Path temporary) throws Exception {
    try (Program program =
        Program.start(temporary, StartingProgram.class, directory.toString(), "child")) {
      assertEquals(0, program.awaitExitCode());
      assertEquals(List.of("parent", "child"), program.lines());
    }
  }

  @Test
  void aProgramDoesNotWaitForDaemons(@TempDir Path temporary) throws Exception {
    try (Program program =
        Program.start(temporary, StartingProgram.class, directory.toString(), "daemon")) {
      assertEquals(0, program.awaitExitCode());
      assertEquals(List.of("parent"), program.lines());
    }
  }

  private RemoteProcess gated() {
    Marks shared = marks;
    return CLUSTER
        .cluster()
        .newProcess(
            () -> {
              shared.make("started-" + ProcessHandle.current().pid());
              shared.await("go");
            })
        .build();
  }

  private static OptionalInt exitCodeOf(SerializableRunnable target) throws Exception {
    RemoteProcess process = CLUSTER.cluster().newProcess(target).build();
    process.start();
    process.join();
    return process.exitCode();
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
  }
}
