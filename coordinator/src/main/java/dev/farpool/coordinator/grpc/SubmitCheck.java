package dev.farpool.coordinator.grpc;

import dev.farpool.v1.Command;
import dev.farpool.v1.JavaCalls;
import dev.farpool.v1.StaticMethodCall;
import dev.farpool.v1.SubmitRequest;
import dev.farpool.v1.TaskBatch;

/** What submitted tasks must be. */
final class SubmitCheck {
  private static final int MAX_ARGUMENT_BYTES = 3 << 20;
  private static final int MAX_STDIN_BYTES = 1 << 20;

  private SubmitCheck() {}

  static void check(SubmitRequest request) {
    Check.notEmpty(request.getPoolId(), "pool_id");
    for (int i = 0; i < request.getFunctionsCount(); i++) {
      PoolSpecCheck.function(request.getFunctions(i), "functions[" + i + "]");
    }
    for (int i = 0; i < request.getBatchesCount(); i++) {
      batch(request.getBatches(i), "batches[" + i + "]");
    }
  }

  private static void batch(TaskBatch batch, String path) {
    Check.index(batch.getFirstIndex(), path + ".first_index");
    if (batch.hasOptions()) {
      PoolSpecCheck.options(batch.getOptions(), path + ".options");
    }
    switch (batch.getTasksCase()) {
      case JAVA -> java(batch.getJava(), path + ".java");
      case STATIC_METHODS -> {
        Check.require(
            batch.getStaticMethods().getCallsCount() > 0,
            path + ".static_methods.calls",
            "must not be empty");
        for (int i = 0; i < batch.getStaticMethods().getCallsCount(); i++) {
          call(batch.getStaticMethods().getCalls(i), path + ".static_methods.calls[" + i + "]");
        }
      }
      case COMMANDS -> {
        Check.require(
            batch.getCommands().getCommandsCount() > 0,
            path + ".commands.commands",
            "must not be empty");
        for (int i = 0; i < batch.getCommands().getCommandsCount(); i++) {
          command(batch.getCommands().getCommands(i), path + ".commands.commands[" + i + "]");
        }
      }
      case TASKS_NOT_SET ->
          throw new InvalidFieldException(path, "must have java, static_methods or commands");
    }
  }

  private static void java(JavaCalls calls, String path) {
    Check.range(calls.getFunction(), 1, Integer.MAX_VALUE, path + ".function");
    if (calls.hasArgumentBlob()) {
      Check.blob(calls.getArgumentBlob(), path + ".argument_blob");
      Check.require(
          calls.getSizesCount() == 0 && calls.getArguments().isEmpty(),
          path + ".argument_blob",
          "must be alone, without sizes and arguments");
      return;
    }
    Check.require(calls.getSizesCount() > 0, path + ".sizes", "must not be empty");
    Check.size(calls.getArguments(), MAX_ARGUMENT_BYTES, path + ".arguments");
    long sum = 0;
    for (int i = 0; i < calls.getSizesCount(); i++) {
      sum += Integer.toUnsignedLong(calls.getSizes(i));
    }
    Check.require(
        sum == calls.getArguments().size(),
        path + ".sizes",
        "must add up to the " + calls.getArguments().size() + " bytes of arguments, not " + sum);
  }

  private static void call(StaticMethodCall call, String path) {
    Check.notEmpty(call.getClassName(), path + ".class_name");
    Check.notEmpty(call.getMethod(), path + ".method");
    size(call.getSerializedSize(), path);
  }

  private static void command(Command command, String path) {
    Check.require(command.getArgvCount() > 0, path + ".argv", "must not be empty");
    Check.notEmpty(command.getArgv(0), path + ".argv[0]");
    for (int i = 0; i < command.getArgvCount(); i++) {
      Check.noNul(command.getArgv(i), path + ".argv[" + i + "]");
    }
    Check.environment(command.getEnvironmentMap(), path + ".environment");
    Check.size(command.getStdin(), MAX_STDIN_BYTES, path + ".stdin");
    Check.workingDirectory(command.getWorkingDirectory(), path + ".working_directory");
    size(command.getSerializedSize(), path);
  }

  private static void size(int bytes, String path) {
    Check.require(
        bytes <= MAX_ARGUMENT_BYTES,
        path,
        "must have at most " + MAX_ARGUMENT_BYTES + " bytes, not " + bytes);
  }
}
