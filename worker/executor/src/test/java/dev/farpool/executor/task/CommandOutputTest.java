package dev.farpool.executor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What commands print, after one that was brief: until then it is read as it comes. */
@Timeout(30)
class CommandOutputTest {
  private static final int MORE_THAN_A_PIPE_HOLDS = 200_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CommandOutput output = new CommandOutput(out, err);

  @Test
  void bothStreamsOfABriefCommandAreForwarded() throws Exception {
    run("true");

    run("echo out; echo err >&2");

    assertEquals("out\n", text(out.toByteArray()));
    assertEquals("err\n", text(err.toByteArray()));
  }

  @Test
  void aCommandThatFillsItsPipesIsRead() throws Exception {
    run("true");

    run("head -c " + MORE_THAN_A_PIPE_HOLDS + " /dev/zero | tee /dev/stderr");

    assertEquals(MORE_THAN_A_PIPE_HOLDS, out.size());
    assertEquals(MORE_THAN_A_PIPE_HOLDS, err.size());
  }

  @Test
  void whatALongCommandPrintsIsForwardedWhileItRuns() throws Exception {
    PipedInputStream lines = new PipedInputStream();
    CommandOutput forwarding = new CommandOutput(new PipedOutputStream(lines), err);
    run(start("true"), forwarding);
    Process command = start("echo ready; read answer; echo $answer");
    FutureTask<Void> task = new FutureTask<>(() -> run(command, forwarding));
    new Thread(task).start();

    assertEquals("ready\n", text(lines.readNBytes(6)));
    command.outputWriter().append("done\n").close();

    task.get();
    assertEquals("done\n", text(lines.readNBytes(5)));
  }

  @Test
  void aProcessThatKeepsTheStreamsOfABriefCommandOpenIsNotWaitedFor() throws Exception {
    run("true");

    run("echo here; sleep 600 & echo $! >&2");

    assertEquals("here\n", text(out.toByteArray()));
    long escaped = Long.parseLong(text(err.toByteArray()).strip());
    assertTrue(ProcessHandle.of(escaped).orElseThrow().destroyForcibly());
  }

  @Test
  void whatEscapedWithTheStreamsTakesNothingFromTheNextCommand() throws Exception {
    run("sleep 600 & echo $!");
    long escaped = Long.parseLong(text(out.toByteArray()).strip());
    out.reset();

    run("echo next");

    assertEquals("next\n", text(out.toByteArray()));
    assertTrue(ProcessHandle.of(escaped).orElseThrow().destroyForcibly());
  }

  private void run(String script) throws Exception {
    run(start(script), output);
  }

  private static Void run(Process command, CommandOutput output) throws Exception {
    output.begin(command);
    output.await(command);
    output.finish(command, 0);
    return null;
  }

  private static Process start(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script).start();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
