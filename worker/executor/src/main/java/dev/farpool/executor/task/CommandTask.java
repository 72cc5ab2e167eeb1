package dev.farpool.executor.task;

import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.executor.tree.ProcessTree;
import dev.farpool.executor.tree.Signals;
import dev.farpool.executor.wire.WireWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Runs commands, one at a time, as processes of their own: forwards what they print, and leaves no
 * process of theirs behind.
 *
 * <p>Commands are run by one thread; {@link #signal} may be called by another.
 */
public final class CommandTask {
  /** In this time process ids do not begin again from the lowest and come by the same one. */
  private static final long RECENT_NANOS = 1_000_000_000;

  private static final int SIGNALLED = 128;
  private static final File NOTHING = new File("/dev/null");

  private final ProcessTree tree;
  private final WorkingDirectory directory;
  private final CommandOutput output;
  private Process running;
  private long runningSequence;
  private long signalledSequence = -1;
  private int signal;

  /**
   * @param mark what marks the processes of this executor
   * @param directory where commands run that ask for no other
   */
  public CommandTask(String mark, Path directory, OutputStream stdout, OutputStream stderr) {
    this.tree = new ProcessTree(ProcessHandle.current().pid(), mark);
    this.directory = new WorkingDirectory(directory);
    this.output = new CommandOutput(stdout, stderr);
  }

  /**
   * Runs a {@code Command} to its end. An interrupt is passed on to it as SIGTERM.
   *
   * @param sequence tells it from others when a signal comes for it
   * @param trace the span it belongs to; null for none
   * @return its {@code ExitStatus}, or why it was not started
   */
  public Outcome run(long sequence, byte[] body, TaskTrace trace) throws IOException {
    CommandSpec spec = CommandSpec.read(body);
    Process process;
    try {
      process = builder(spec, trace).start();
    } catch (IOException | RuntimeException refused) {
      return Failures.notStarted(refused.getMessage());
    }
    began(sequence, process);
    try {
      attend(process, spec.stdin());
    } finally {
      ended();
    }
    return new Outcome(OutcomeKind.EXIT, exitStatus(process.exitValue()));
  }

  /**
   * Ends every process that is left of commands, and empties their directory.
   *
   * @throws IOException if something cannot be deleted
   */
  public void leaveNothing() throws IOException {
    tree.killMarked(0);
    directory.empty();
  }

  /** Sends a signal to this very command, at once or as soon as it has been started. */
  public synchronized void signal(long sequence, int number) throws IOException {
    if (running != null && runningSequence == sequence) {
      Signals.send(running.toHandle(), number);
    } else {
      signalledSequence = sequence;
      signal = number;
    }
  }

  private synchronized void began(long sequence, Process process) throws IOException {
    running = process;
    runningSequence = sequence;
    if (signalledSequence == sequence) {
      Signals.send(process.toHandle(), signal);
    }
  }

  private synchronized void ended() {
    running = null;
  }

  private static ProcessBuilder builder(CommandSpec spec, TaskTrace trace) {
    ProcessBuilder builder = new ProcessBuilder(spec.argv());
    if (trace != null) {
      trace.addTo(builder.environment());
    }
    if (!spec.environment().isEmpty()) {
      builder.environment().putAll(spec.environment());
    }
    if (!spec.workingDirectory().isEmpty()) {
      builder.directory(new File(spec.workingDirectory()));
    }
    if (spec.stdin().length == 0) {
      builder.redirectInput(NOTHING);
    }
    return builder;
  }

  private void attend(Process process, byte[] stdin) throws IOException {
    long start = System.nanoTime();
    boolean interrupted = false;
    boolean over = false;
    output.begin(process);
    if (stdin.length > 0) {
      feed(process.getOutputStream(), stdin);
    }
    while (!over) {
      try {
        output.await(process);
        over = true;
      } catch (InterruptedException cancelled) {
        interrupted = true;
        process.destroy();
      }
    }
    long nanos = System.nanoTime() - start;
    tree.killMarked(nanos < RECENT_NANOS ? process.pid() : 0);
    output.finish(process, nanos);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void feed(OutputStream target, byte[] stdin) {
    Runnable copy =
        () -> {
          try (target) {
            target.write(stdin);
          } catch (IOException unread) {
            return; // The command ended, or closed its input, without reading all of it.
          }
        };
    SideThread.of("farpool-stdin", copy).start();
  }

  private static byte[] exitStatus(int value) {
    WireWriter status = new WireWriter();
    boolean signalled = value > SIGNALLED && value <= SIGNALLED + 64;
    return signalled
        ? status.varint(2, value - SIGNALLED).toByteArray()
        : status.varint(1, value).toByteArray();
  }
}
