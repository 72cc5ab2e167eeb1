package dev.farpool.cli;

import com.google.protobuf.ByteString;
import dev.farpool.cli.map.Ending;
import dev.farpool.cli.map.Job;
import dev.farpool.cli.map.ShellWords;
import dev.farpool.v1.Failure;
import dev.farpool.v1.TaskResult;

/** What outcomes of tasks mean for jobs. */
final class MapEndings {
  private static final int NOT_FOUND = 127;
  private static final int NONE = -1;

  private MapEndings() {}

  static Ending of(TaskResult result) {
    if (result.hasExit()) {
      return new Ending(result.getExit().getCode(), result.getExit().getSignal(), "");
    }
    Failure failure = result.getFailure();
    boolean notStarted = failure.getKind() == Failure.Kind.KIND_COMMAND_NOT_STARTED;
    return new Ending(notStarted ? NOT_FOUND : NONE, 0, failure.getMessage());
  }

  /**
   * Whether a job was given up with all others, and says nothing by itself.
   *
   * @param stopping whether that was asked for by this run
   */
  static boolean isAbandoned(TaskResult result, boolean stopping) {
    Failure.Kind kind = result.getFailure().getKind();
    return kind == Failure.Kind.KIND_POOL_TERMINATED
        || kind == Failure.Kind.KIND_POOL_BROKEN
        || (kind == Failure.Kind.KIND_CANCELLED && stopping);
  }

  /** What to say of a job without an exit status, besides what it said itself. */
  static ByteString told(Job job, Ending ending) {
    return ByteString.copyFromUtf8(
        String.format(
            "farpool map: job %d (%s): %s%n",
            job.number(), ShellWords.join(job.command()), ending.trouble()));
  }
}
