package dev.farpool.executor.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProcessTreeTest {
  private static final String ESCAPE = "setsid sh -c 'echo $$; exec sleep 600' & wait";

  @TempDir Path directory;
  private final String mark = UUID.randomUUID().toString();

  private Process start(String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
    builder.environment().put(ProcessTree.MARK, mark);
    return builder.start();
  }

  private static ProcessHandle firstPrinted(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    return ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow();
  }

  private static boolean ends(ProcessHandle process) throws Exception {
    process.onExit().get(10, TimeUnit.SECONDS);
    return !process.isAlive();
  }

  @Test
  void whatEscapedByASessionOfItsOwnIsKilled() throws Exception {
    Process root = start(ESCAPE);
    ProcessHandle escaped = firstPrinted(root);

    new ProcessTree(root.pid(), mark).killOthers(TimeUnit.SECONDS.toNanos(10));

    assertTrue(ends(escaped));
    assertEquals(0, root.waitFor());
  }

  @Test
  void theMarkFindsItEvenWhenTheRootIsGone() throws Exception {
    Process root = start(ESCAPE);
    ProcessHandle escaped = firstPrinted(root);
    root.destroyForcibly().waitFor();

    new ProcessTree(root.pid(), mark).killMarked(0);

    assertTrue(ends(escaped));
  }

  @Test
  void processesWithAnotherMarkAreLeftAlone() throws Exception {
    Process other = start("sleep 600");
    try {
      new ProcessTree(1L << 40, "0" + mark).killMarked(0);
      new ProcessTree(1L << 40, mark.substring(1)).killMarked(0);

      assertTrue(other.isAlive());
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void whatReplacesItselfFasterThanOneCanLookIsKilledWithItsGroup() throws Exception {
    Path file = Files.createTempFile(directory, "turns", "");
    String next = "echo >> " + file + "; sh -c \"$0\" \"$0\" &";
    ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", next, next);
    builder.environment().put(ProcessTree.MARK, mark);
    Process root = builder.start();
    root.waitFor();

    new ProcessTree(root.pid(), mark).killRemains();

    long turns = Files.size(file);
    Thread.sleep(50); // It would have turned a dozen times.
    assertEquals(turns, Files.size(file));
  }

  @Test
  void whatBeginsToRunAProgramIsNotOverlooked() throws Exception {
    for (int i = 0; i < 50; i++) {
      Process root = start("sleep 600 & sh -c 'sleep 600 &' &");
      root.waitFor();

      new ProcessTree(root.pid(), mark).killMarked(root.pid());

      // They hold its output as long as they live.
      assertEquals(-1, root.getInputStream().read());
    }
  }

  @Test
  void signalsAreSentByNumber() throws Exception {
    Process process = start("trap 'exit 42' USR1; echo $$; while :; do sleep 0.01; done");
    ProcessHandle handle = firstPrinted(process);

    Signals.send(handle, 10);

    assertEquals(42, process.waitFor());
  }
}
