package dev.farpool.cli;

import dev.farpool.v1.PoolSpec;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs commands on the cluster, in a pool of its own that ends with it. */
abstract class PoolCommand implements Callable<Integer> {
  @Mixin private CoordinatorOption coordinator;
  @Mixin private CommandOptions options;
  @Spec private CommandSpec spec;

  /** What is done in the pool; gives the exit code. */
  interface Work {
    /**
     * Does it.
     *
     * @throws StatusRuntimeException if the coordinator refuses or is lost
     */
    int in(CommandPool pool) throws IOException, InterruptedException;
  }

  /**
   * Makes the pool and works in it.
   *
   * @throws CommandException if no coordinator answers, or {@link #lost} says so
   */
  final int inPool(PoolSpec wanted, Work work) throws IOException, InterruptedException {
    try (Connection connection = Connection.open(coordinator);
        CommandPool pool = pool(connection, wanted);
        CommandTrace trace = CommandTrace.begin(wanted.getName(), pool.id())) {
      pool.trace(trace.context());
      try {
        return trace.ended(work.in(pool));
      } catch (StatusRuntimeException failure) {
        throw lost(connection.failed(failure));
      }
    }
  }

  private CommandPool pool(Connection connection, PoolSpec wanted) {
    try {
      CommandPool pool = new CommandPool(connection, wanted.getName(), wanted);
      if (ClusterCommand.status(connection).getWorkersCount() == 0) {
        say("no worker is connected yet; waiting for one");
      }
      return pool;
    } catch (StatusRuntimeException failure) {
      throw connection.failed(failure);
    }
  }

  /** How to end when the coordinator was lost or has refused something on the way. */
  CommandException lost(CommandException told) {
    return told;
  }

  /** How commands run. */
  final CommandOptions options() {
    return options;
  }

  /** Where results go. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Tells the user something in a line. */
  final void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + text);
    err.flush();
  }
}
