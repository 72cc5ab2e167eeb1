package dev.farpool.cli;

import dev.farpool.cli.map.JobLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import picocli.CommandLine.Option;

/**
 * Where {@code farpool map} writes down which jobs have ended, and whether it goes on from there.
 */
final class JobLogOption {
  @Option(
      names = "--joblog",
      paramLabel = "FILE",
      description =
          "A line for each job that has ended and whose output was written: Seq, Host, Starttime,"
              + " JobRuntime, Send, Receive, Exitval, Signal, Command.")
  private Path file;

  @Option(
      names = "--resume",
      fallbackValue = "true",
      description = "Leave out jobs whose number is in the job log, and go on with it.")
  private boolean resume;

  @Option(
      names = "--resume-failed",
      fallbackValue = "true",
      description = "The same, but run those again that failed.")
  private boolean resumeFailed;

  /** Whether there is one. */
  boolean isKept() {
    return file != null;
  }

  /**
   * The numbers of the jobs that need not be run.
   *
   * @throws CommandException if there is no log to go on from
   */
  BitSet skipped() throws IOException {
    if (!goesOn()) {
      return new BitSet();
    }
    if (file == null) {
      throw CommandException.wrong("--resume needs the job log: add --joblog FILE");
    }
    return JobLog.numbers(file, !resumeFailed);
  }

  /** Opens it; null if there is none. */
  JobLog open() throws IOException {
    if (file == null) {
      return null;
    }
    return goesOn() ? JobLog.resume(file) : JobLog.create(file);
  }

  private boolean goesOn() {
    return resume || resumeFailed;
  }
}
