package dev.farpool.cli;

import dev.farpool.cli.map.HaltRule;
import dev.farpool.cli.map.InputLines;
import dev.farpool.cli.map.JobLog;
import dev.farpool.cli.map.OutputStore;
import dev.farpool.cli.map.ShellWords;
import dev.farpool.cli.map.Template;
import dev.farpool.v1.PoolSpec;
import io.grpc.StatusRuntimeException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a command for each line of standard input, as GNU parallel does, on the cluster. */
@Command(
    name = "map",
    header = "Runs a command for each line of standard input.",
    description = {
      "Each line becomes a job: the command, in which {} is the line, {.} the line without its"
          + " extension, {/} what follows its last slash, {//} its directory, {/.} its base name"
          + " without extension, {#} its number. Without any of them the line becomes the last"
          + " argument. No shell is involved unless --shell is given or the command is one.",
      "",
      "What a job prints is shown when it has ended, so that jobs do not mix. Lines of any number"
          + " pass through bounded memory."
    },
    footerHeading = "%nExit code:%n",
    footer = {
      "  0        all jobs succeeded",
      "  1 to 100 so many jobs failed",
      "  101      more than 100 jobs failed",
      "  2, 3     nothing was run: the command line was wrong, the cluster could not be reached",
      "  130, 143 interrupted, terminated; what ran was killed",
      "  255      not all jobs could be run: the coordinator was lost, output was lost, or the"
          + " input, the output or the log failed",
      "With --halt that of the job that was the reason to stop.",
      "",
      "Examples:",
      "  farpool map gzip -9 < files.txt",
      "  find /data -name '*.png' | farpool map -j 8 -- convert {} {.}.jpg",
      "  seq 1000 | farpool map -k --joblog run.log --resume --retries 3 -- ./simulate --seed {}",
      "  ls *.txt | farpool map --shell 'sort {} | uniq -c > {.}.counts'"
    })
final class MapCommand implements Callable<Integer> {
  private static final int ALL = 1_000_000;
  private static final long MEMORY_BYTES = 64L << 20;

  @Mixin private CoordinatorOption coordinator;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description =
          "At most so many jobs at a time (default: as many as the cluster has cores, also those"
              + " that join later).")
  private Integer jobs;

  @Option(
      names = {"-k", "--keep-order"},
      fallbackValue = "true",
      description = "Show output in the order of the input.")
  private boolean keepOrder;

  @Option(
      names = "--line-buffer",
      fallbackValue = "true",
      description = "Show lines when they are printed; those of different jobs mix.")
  private boolean lineBuffer;

  @Mixin private CommandOptions options;

  @Option(
      names = "--shell",
      fallbackValue = "true",
      description = "Run the words as one line of sh; what comes from the input is quoted.")
  private boolean shell;

  @Option(
      names = {"-a", "--arg-file"},
      paramLabel = "FILE",
      description = "Read lines from this file (default: standard input).")
  private Path file;

  @Option(
      names = {"-0", "--null"},
      fallbackValue = "true",
      description = "Lines end with a NUL character, as those of find -print0.")
  private boolean nul;

  @Option(
      names = "--joblog",
      paramLabel = "FILE",
      description =
          "A line for each job that has ended and whose output was written: Seq, Host, Starttime,"
              + " JobRuntime, Send, Receive, Exitval, Signal, Command.")
  private Path joblog;

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

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "1",
      description = "Try a job that fails so many times in all (default: ${DEFAULT-VALUE}).")
  private int tries;

  @Option(
      names = "--halt",
      paramLabel = "WHEN",
      defaultValue = "never",
      description =
          "now,fail=K kills all when K jobs have failed, soon,fail=K begins no more; X%% counts"
              + " against the jobs that have ended, from 3 failed ones on (default:"
              + " ${DEFAULT-VALUE}).")
  private HaltRule halt;

  @Option(
      names = "--dry-run",
      fallbackValue = "true",
      description = "Show the commands and run nothing.")
  private boolean dryRun;

  @Parameters(arity = "1..*", paramLabel = "CMD", description = "The program and its arguments.")
  private List<String> words;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    MapSettings settings = settings();
    if (file == null) {
      return run(settings, System.in); // Not ours to close.
    }
    require(Files.isReadable(file), "there is no file " + file + " to read");
    try (InputStream input = Files.newInputStream(file)) {
      return run(settings, input);
    }
  }

  private int run(MapSettings settings, InputStream input)
      throws IOException, InterruptedException {
    InputLines lines = new InputLines(input, nul ? '\0' : '\n');
    return dryRun ? show(settings.template(), lines) : run(settings, lines);
  }

  private int run(MapSettings settings, InputLines lines) throws IOException, InterruptedException {
    try (Connection connection = Connection.open(coordinator);
        CommandPool pool = pool(connection);
        JobLog log = log();
        OutputStore store = new OutputStore(MEMORY_BYTES, temporary());
        MapProgress progress = MapProgress.of(Boolean.getBoolean("farpool.terminal"))) {
      MapOutput output =
          new MapOutput(stream(FileDescriptor.out), stream(FileDescriptor.err), progress);
      MapRun run = new MapRun(pool, settings, lines, store, output, log);
      StopSignals.install(run::interrupt);
      try {
        return run.run();
      } catch (StatusRuntimeException lost) {
        String goOn = joblog == null ? "" : "; the same command with --resume goes on from here";
        throw CommandException.incomplete(connection.failed(lost).getMessage() + goOn);
      }
    }
  }

  private MapSettings settings() throws IOException {
    require(jobs == null || (jobs >= 1 && jobs <= ALL), "--jobs must be 1 to " + ALL);
    require(tries >= 1, "--retries must be at least 1");
    require(!keepOrder || !lineBuffer, "--keep-order and --line-buffer exclude each other");
    boolean goesOn = resume || resumeFailed;
    require(!goesOn || joblog != null, "--resume needs the job log: add --joblog FILE");
    BitSet skipped = goesOn ? JobLog.numbers(joblog, !resumeFailed) : new BitSet();
    return new MapSettings(
        template(), options.command(), tries, halt, skipped, keepOrder, lineBuffer);
  }

  private Template template() {
    try {
      Template template = Template.of(words);
      return shell ? template.forShell() : template;
    } catch (IllegalArgumentException impossible) {
      throw CommandException.wrong(impossible.getMessage());
    }
  }

  private CommandPool pool(Connection connection) {
    PoolSpec wanted =
        PoolSpec.newBuilder()
            .setName("map")
            .setProcesses(jobs == null ? ALL : jobs)
            .setOptions(options.taskOptions())
            .setReportStarts(true)
            .build();
    try {
      CommandPool pool = new CommandPool(connection, "map", wanted);
      if (ClusterCommand.status(connection).getWorkersCount() == 0) {
        spec.commandLine()
            .getErr()
            .println("farpool map: no worker is connected; the jobs wait for one");
        spec.commandLine().getErr().flush();
      }
      return pool;
    } catch (StatusRuntimeException failure) {
      throw connection.failed(failure);
    }
  }

  private JobLog log() throws IOException {
    if (joblog == null) {
      return null;
    }
    return resume || resumeFailed ? JobLog.resume(joblog) : JobLog.create(joblog);
  }

  private int show(Template template, InputLines lines) throws IOException {
    long number = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      spec.commandLine().getOut().println(ShellWords.join(template.fill(++number, line)));
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static Path temporary() {
    String directory = System.getenv("TMPDIR");
    return Path.of(directory == null ? System.getProperty("java.io.tmpdir") : directory);
  }

  private static OutputStream stream(FileDescriptor descriptor) {
    return new BufferedOutputStream(new FileOutputStream(descriptor), 64 * 1024);
  }

  private static void require(boolean valid, String message) {
    if (!valid) {
      throw CommandException.wrong(message);
    }
  }
}
