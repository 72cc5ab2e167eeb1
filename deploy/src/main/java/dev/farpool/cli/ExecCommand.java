package dev.farpool.cli;

import com.google.protobuf.ByteString;
import dev.farpool.v1.Failure;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskResult;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one command as a process of the cluster and ends as it ends. */
@Command(
    name = "exec",
    header = "Runs one command as a process of the cluster.",
    description = {
      "Waits for a free slot, runs the command there, shows what it writes to standard output and"
          + " standard error, and exits with its exit code: 128 + N when signal N killed it, 127"
          + " when there is no such program. It is started at most once."
    },
    footer = {
      "Examples:",
      "  farpool exec -- hostname",
      "  farpool exec --timeout 10m --env MODE=fast -- ./train --epochs 3",
      "  farpool exec --stdin -- wc -l < README.md"
    })
final class ExecCommand extends PoolCommand {
  private static final int SIGNAL_BASE = 128;
  private static final int NOT_FOUND = 127;
  private static final int MAX_STDIN_BYTES = 1 << 20;

  @Option(
      names = "--stdin",
      fallbackValue = "true",
      description = "Hand it this command's standard input, at most 1 MiB (default: none).")
  private boolean stdin;

  @Parameters(arity = "1..*", paramLabel = "CMD", description = "The program and its arguments.")
  private List<String> argv;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TaskBatch batch = batch();
    PoolSpec pool =
        PoolSpec.newBuilder().setName("exec").setProcesses(1).setPacedOutput(true).build();
    return inPool(pool, ready -> run(ready, batch));
  }

  private int run(CommandPool pool, TaskBatch batch) throws InterruptedException {
    // Ctrl-C ends the command too, at once and not only after the session's grace.
    Runtime.getRuntime().addShutdownHook(new Thread(pool::close, "exec-interrupted"));
    return exitCode(new CommandRun(pool).outcome(batch));
  }

  private TaskBatch batch() {
    TaskBatch.Builder batch =
        TaskBatch.newBuilder().setOptions(options().taskOptions().setAtMostOnce(true));
    batch
        .getCommandsBuilder()
        .addCommands(options().command().toBuilder().addAllArgv(argv).setStdin(readStdin()));
    return batch.build();
  }

  private ByteString readStdin() {
    if (!stdin) {
      return ByteString.EMPTY;
    }
    try {
      byte[] bytes = System.in.readNBytes(MAX_STDIN_BYTES + 1);
      if (bytes.length > MAX_STDIN_BYTES) {
        throw new ParameterException(
            spec.commandLine(), "--stdin takes at most 1 MiB; put larger input in a file");
      }
      return ByteString.copyFrom(bytes);
    } catch (IOException unreadable) {
      throw CommandException.failed("standard input cannot be read: " + unreadable.getMessage());
    }
  }

  private int exitCode(TaskResult result) {
    if (result.hasExit()) {
      return result.getExit().hasSignal()
          ? SIGNAL_BASE + result.getExit().getSignal()
          : result.getExit().getCode();
    }
    Failure failure = result.getFailure();
    if (failure.getKind() == Failure.Kind.KIND_COMMAND_NOT_STARTED) {
      say(failure.getMessage());
      return NOT_FOUND;
    }
    throw CommandException.failed(failure.getMessage());
  }
}
