package dev.farpool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = SECONDS)
class RemoteProcessTest {
  private final Cluster cluster = Cluster.local(2);

  @BeforeEach
  void shut() {
    Gate.shut();
  }

  @AfterEach
  void close() {
    Gate.open();
    cluster.close();
  }

  private static void fail() throws IOException {
    throw new IOException("no luck");
  }

  @Test
  void aProcessRunsAndEnds() throws Exception {
    RemoteProcess process = cluster.newProcess(() -> Gate.pass(0)).name("worker bee").build();
    assertEquals("worker bee", process.name());
    assertFalse(process.isAlive());
    process.start();
    assertTrue(process.isAlive());
    assertEquals(OptionalInt.empty(), process.exitCode());
    Gate.open();
    process.join();
    assertFalse(process.isAlive());
    assertEquals(OptionalInt.of(0), process.exitCode());
    assertEquals(ProcessHandle.current().pid(), process.pid().getAsLong());
    assertEquals("here", process.host().orElseThrow());
    assertSame(process, process.onExit().get());
    process.close();
    process.close();
    assertEquals(
        "process object is closed",
        assertThrows(IllegalStateException.class, process::pid).getMessage());
    assertEquals("worker bee", process.name());
  }

  @Test
  void anExceptionGivesExitCodeOne() throws Exception {
    RemoteProcess process = cluster.newProcess(RemoteProcessTest::fail).start();
    process.join();
    assertEquals(OptionalInt.of(1), process.exitCode());
  }

  @Test
  void stepsInTheWrongOrderAreRefused() throws Exception {
    RemoteProcess process = cluster.newProcess(() -> Gate.pass(0)).build();
    assertEquals(
        "can only join a started process",
        assertThrows(IllegalStateException.class, process::join).getMessage());
    process.start();
    assertEquals(
        "cannot start a process twice",
        assertThrows(IllegalStateException.class, process::start).getMessage());
    assertTrue(
        assertThrows(IllegalStateException.class, process::close)
            .getMessage()
            .startsWith("Cannot close a process while it is still running."));
    Gate.open();
    process.join();
  }

  @Test
  void processesHaveNamesOfTheirOwn() {
    RemoteProcess one = cluster.newProcess(() -> {}).build();
    RemoteProcess two = cluster.newProcess(() -> {}).build();
    assertTrue(one.name().matches("Process-\\d+"));
    assertFalse(one.name().equals(two.name()));
  }
}
