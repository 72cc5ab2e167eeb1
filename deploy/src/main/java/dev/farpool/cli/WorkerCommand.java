package dev.farpool.cli;

import dev.farpool.common.PrivateDirectory;
import dev.farpool.common.trace.Spans;
import dev.farpool.worker.Worker;
import dev.farpool.worker.WorkerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UseDefaultConverter;

/** Runs a worker until it is told to stop. */
@Command(
    name = "worker",
    header =
        "Runs a worker: it offers cores of this host and runs tasks in processes of their own.",
    description = {
      "Prints one line when it is attached. On SIGTERM or Ctrl-C it takes no more tasks and leaves"
          + " when the running ones have ended; a second signal ends them at once, and they run"
          + " elsewhere."
    },
    footer = {
      "Examples:",
      "  farpool worker --cores 2",
      "  farpool worker --coordinator db1:7400,db2:7400 --label gpu=yes --name gpu-7"
    })
final class WorkerCommand implements Callable<Integer> {
  private static final int USUAL_SPARES = 2;

  @Mixin private CoordinatorOption coordinator;
  @Mixin private MetricsOption metrics;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "How many tasks it runs at a time (default: the host's cores).")
  private int cores = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Its name, unique in the cluster (default: host name and process id).")
  private String name = defaultName();

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      split = ",",
      description = "What tasks can ask for; may be given again.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description =
          "Where to keep the cluster's jars and its executors' files, so that they are still there"
              + " after a restart (default: a private directory, deleted at the end).")
  private Path directory;

  @Option(
      names = "--spares",
      paramLabel = "N",
      description =
          "How many executors to start ahead, while the worker is calm, so that a new pool need not"
              + " wait for processes to start; each takes some 40 MiB of memory. Pools with JVM"
              + " options, environment or directory of their own do not use them. 0 also lets"
              + " executors of commands go with their pool; otherwise they wait a minute for the"
              + " next one of its owner (default: 2, but not more than cores).")
  private Integer spares;

  @Option(
      names = "--executor-user",
      paramLabel = "USER",
      defaultValue = "",
      description =
          "Run tasks as this user of the host, without privileges and with no way to gain any; for"
              + " a worker that runs as root (default: as the worker's user).")
  private String executorUser;

  @Option(
      names = "--executor-limits",
      paramLabel = "NAME=N",
      split = ",",
      converter = {UseDefaultConverter.class, AmountConverter.class},
      description =
          "What each executor may have at most: memory in bytes and pids, its processes and threads,"
              + " both with all that it starts, which takes cgroups that the worker may make; and for"
              + " each process by itself core, fsize and as in bytes, cpu in seconds, nofile, and"
              + " nproc, which counts all processes and threads of the user. For example"
              + " memory=2G,pids=500,core=0 (default: the worker's own limits).")
  private Map<String, Long> executorLimits = Map.of();

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description =
          "How long running tasks may take when it is to stop (default: ${DEFAULT-VALUE}).")
  private Duration drainTimeout;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description =
          "How long to try to reach the coordinator at the start (default: ${DEFAULT-VALUE})."
              + " Later it tries for ever.")
  private Duration connectTimeout;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description =
          "A file that is there while the worker takes tasks: from the moment it is attached until"
              + " it drains or loses its coordinator. For probes and scripts.")
  private Path readyFile;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    boolean measured = metrics.isGiven();
    ServerLog.begin();
    StopSignals signals = StopSignals.install();
    try (PrivateDirectory own = directory == null ? PrivateDirectory.create() : null;
        ReadyFile ready = ReadyFile.of(readyFile);
        Spans spans = ServerTracing.open("farpool-worker", name);
        WorkerChannels channels =
            new WorkerChannels(coordinator.addresses(), coordinator.credentials())) {
      WorkerConfig plain = own == null ? config(directory) : config(own.path()).asEphemeral();
      WorkerConfig config = plain.withSpans(spans);
      try (Worker worker = Worker.start(config, channels, ready);
          MetricsOption.Served served = measured ? metrics.serve(worker.metrics()) : null) {
        if (served != null) {
          say("metrics at http://" + served.address() + "/metrics");
        }
        signals.onSecond(() -> stopNow(worker, own));
        WorkerRun run = new WorkerRun(worker, signals, this::say);
        run.attach(coordinator.toString(), connectTimeout);
        say(cores + (cores == 1 ? " core" : " cores") + ", attached to " + coordinator);
        run.untilStopped(drainTimeout);
      }
      return 0;
    } catch (IllegalArgumentException unconfined) {
      throw CommandException.failed(unconfined.getMessage());
    } catch (IOException unusable) {
      throw CommandException.failed(
          "its directory cannot be used, choose another with --directory: " + unusable);
    }
  }

  private static void stopNow(Worker worker, PrivateDirectory own) {
    worker.close();
    if (own != null) {
      try {
        own.close();
      } catch (IOException left) {
        throw CommandException.failed(left.getMessage());
      }
    }
  }

  private WorkerConfig config(Path where) {
    try {
      return WorkerConfig.of(name, cores, where)
          .withLabels(labels)
          .withVersion(Version.number())
          .withExecutors(executorUser, executorLimits)
          .withSpares(spares == null ? Math.min(cores, USUAL_SPARES) : spares);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.wrong(wrong.getMessage());
    }
  }

  private void say(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("farpool worker " + name + ": " + text);
    out.flush();
  }

  /** Unique enough: a second worker of the same name is refused. */
  private static String defaultName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      host = "worker";
    }
    return host.replaceAll("[^A-Za-z0-9._-]", "-") + "-" + ProcessHandle.current().pid();
  }
}
