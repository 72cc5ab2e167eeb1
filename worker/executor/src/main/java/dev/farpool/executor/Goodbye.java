package dev.farpool.executor;

import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import java.io.IOException;

/**
 * The shutdown hook: sends what is left, and tells the agent that this process exits in its own
 * order, so that exit code 137 is not taken for signal 9.
 */
final class Goodbye extends Thread {
  private final Stdio stdio;
  private final PatientChannel control;
  private final PatientChannel tasks;

  Goodbye(Stdio stdio, PatientChannel control, PatientChannel tasks) {
    super("farpool-goodbye");
    this.stdio = stdio;
    this.control = control;
    this.tasks = tasks;
  }

  @Override
  public void run() {
    control.leave();
    tasks.leave();
    try {
      stdio.close();
      FrameWriter frame = new FrameWriter();
      frame.begin(FrameType.GOODBYE).putInt(signal()).end();
      control.write(frame.view());
    } catch (IOException agentGone) {
      return; // The process is ending, and nobody is there to hear of it.
    }
  }

  /** The signal that began the exit: the JVM handles each on a thread named after it. */
  private static int signal() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      int signal =
          switch (thread.getName()) {
            case "SIGHUP handler" -> 1;
            case "SIGINT handler" -> 2;
            case "SIGTERM handler" -> 15;
            default -> 0;
          };
      if (signal != 0) {
        return signal;
      }
    }
    return 0;
  }
}
