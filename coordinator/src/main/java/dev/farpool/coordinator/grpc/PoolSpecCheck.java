package dev.farpool.coordinator.grpc;

import dev.farpool.v1.CodeBundle;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.OutputMode;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.TaskOptions;

/** What a pool must be. */
final class PoolSpecCheck {
  static final int LONGEST_NAME = 200;
  static final int MAX_BYTES = 1 << 20;
  private static final int MOST_PROCESSES = 1_000_000;

  /** More tasks than any coordinator holds; each of them may have to fail by itself. */
  private static final long MOST_OPEN = 100_000_000;

  private static final int MOST_ATTEMPTS = 100;
  private static final long TEN_MINUTES = 600;
  private static final long LONGEST_SECONDS = 100L * 365 * 24 * 3600;

  private PoolSpecCheck() {}

  static void check(CreatePoolRequest request) {
    Check.notEmpty(request.getSessionId(), "session_id");
    Check.length(request.getPoolId(), LONGEST_NAME, "pool_id");
    Check.require(request.hasSpec(), "spec", "must be set");
    check(request.getSpec());
    if (request.hasResumed()) {
      Check.require(
          !request.getPoolId().isEmpty(), "pool_id", "must be that of the resumed pool, not empty");
      resumed(request.getResumed());
    }
  }

  private static void resumed(ResumedPool resumed) {
    long next = resumed.getNextIndex();
    Check.index(next, "resumed.next_index");
    Check.ranges(resumed.getFinishedList(), "resumed.finished");
    long end = 0;
    long open = next;
    for (int i = 0; i < resumed.getFinishedCount(); i++) {
      IndexRange run = resumed.getFinished(i);
      String path = "resumed.finished[" + i + "]";
      Check.require(
          run.getFirst() >= end,
          path + ".first",
          "must be at least " + end + ", where the range before ends, not " + run.getFirst());
      end = run.getFirst() + run.getCount();
      Check.require(
          end <= next,
          path + ".count",
          "must end the range at or below resumed.next_index, " + next + ", not at " + end);
      open -= run.getCount();
    }
    Check.require(
        open <= MOST_OPEN,
        "resumed.finished",
        "must leave at most " + MOST_OPEN + " tasks without an outcome, not " + open);
  }

  private static void check(PoolSpec spec) {
    Check.length(spec.getName(), LONGEST_NAME, "spec.name");
    Check.range(spec.getProcesses(), 1, MOST_PROCESSES, "spec.processes");
    Check.range(spec.getMaxTasksPerChild(), 0, Integer.MAX_VALUE, "spec.max_tasks_per_child");
    for (int i = 0; i < spec.getJvmOptionsCount(); i++) {
      String path = "spec.jvm_options[" + i + "]";
      Check.require(
          spec.getJvmOptions(i).startsWith("-"),
          path,
          "must begin with '-', not be \"" + spec.getJvmOptions(i) + "\"");
      Check.noNul(spec.getJvmOptions(i), path);
    }
    Check.environment(spec.getEnvironmentMap(), "spec.environment");
    Check.workingDirectory(spec.getWorkingDirectory(), "spec.working_directory");
    Check.labels(spec.getLabelsMap(), "spec.labels");
    options(spec.getOptions(), "spec.options");
    Check.require(spec.getMode() != PoolMode.UNRECOGNIZED, "spec.mode", "must be a known mode");
    Check.require(
        spec.getOutput() != OutputMode.UNRECOGNIZED, "spec.output", "must be a known mode");
    if (spec.hasStopGrace()) {
      Check.duration(spec.getStopGrace(), true, TEN_MINUTES, "spec.stop_grace");
    }
    if (spec.hasMaxChildAge()) {
      Check.duration(spec.getMaxChildAge(), false, LONGEST_SECONDS, "spec.max_child_age");
    }
    Check.require(
        spec.getMaxChildMemory() >= 0,
        "spec.max_child_memory",
        "must be 0 to " + Long.MAX_VALUE + " bytes");
    code(spec);
  }

  private static void code(PoolSpec spec) {
    CodeBundle code = spec.getCode();
    for (int i = 0; i < code.getPartsCount(); i++) {
      String path = "spec.code.parts[" + i + "]";
      Check.require(code.getParts(i).hasBlob(), path + ".blob", "must be set");
      Check.blob(code.getParts(i).getBlob(), path + ".blob");
      Check.require(
          code.getParts(i).getName().indexOf('/') < 0,
          path + ".name",
          "must be a file name without a directory");
    }
    if (spec.hasInitializer()) {
      Check.require(
          spec.getInitializer().hasFunction(), "spec.initializer.function", "must be set");
      function(spec.getInitializer().getFunction(), "spec.initializer.function");
      Check.size(spec.getInitializer().getArguments(), MAX_BYTES, "spec.initializer.arguments");
    }
  }

  static void function(FunctionDefinition function, String path) {
    Check.range(function.getNumber(), 1, Integer.MAX_VALUE, path + ".number");
    Check.sha256(function.getSha256(), path + ".sha256");
    switch (function.getDefinitionCase()) {
      case INLINE -> Check.size(function.getInline(), MAX_BYTES, path + ".inline");
      case BLOB -> Check.blob(function.getBlob(), path + ".blob");
      case DEFINITION_NOT_SET -> throw new InvalidFieldException(path, "must have inline or blob");
    }
  }

  static void options(TaskOptions options, String path) {
    if (options.hasTimeout()) {
      Check.duration(options.getTimeout(), false, LONGEST_SECONDS, path + ".timeout");
    }
    if (options.hasQueueTimeout()) {
      Check.duration(options.getQueueTimeout(), false, LONGEST_SECONDS, path + ".queue_timeout");
    }
    Check.range(options.getMaxAttempts(), 0, MOST_ATTEMPTS, path + ".max_attempts");
    Check.labels(options.getLabelsMap(), path + ".labels");
  }
}
