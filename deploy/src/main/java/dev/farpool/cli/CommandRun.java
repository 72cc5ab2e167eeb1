package dev.farpool.cli;

import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.SubmitResponse;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskResult;
import io.grpc.StatusRuntimeException;
import java.io.PrintStream;
import java.util.Iterator;

/** One task in a pool of its own; what it prints goes to our standard streams. */
final class CommandRun {
  private final CommandPool pool;

  CommandRun(CommandPool pool) {
    this.pool = pool;
  }

  /**
   * Submits the only task of the batch and follows it to its end.
   *
   * @throws StatusRuntimeException if the coordinator refuses or is lost
   * @throws CommandException if it refuses the task
   */
  TaskResult outcome(TaskBatch batch) throws InterruptedException {
    SubmitResponse response = pool.submit(batch);
    if (response.hasRejected()) {
      throw CommandException.failed(response.getRejected().getMessage());
    }
    pool.closePool();
    Iterator<ResultsResponse> news = pool.results();
    TaskResult outcome = null;
    while (news.hasNext()) {
      ResultsResponse some = news.next();
      some.getOutputList().forEach(CommandRun::print);
      if (some.getResultsCount() > 0) {
        outcome = some.getResults(0);
        pool.acknowledge(some.getCursor());
      }
    }
    if (outcome == null) {
      throw CommandException.failed("the coordinator ended the task without an outcome; try again");
    }
    return outcome;
  }

  private static void print(TaskOutput output) {
    PrintStream stream = output.getStderr() ? System.err : System.out;
    if (output.getDropped() > 0) {
      System.err.println("farpool exec: " + output.getDropped() + " bytes of output were dropped");
    }
    byte[] bytes = output.getData().toByteArray();
    stream.write(bytes, 0, bytes.length);
    stream.flush();
  }
}
