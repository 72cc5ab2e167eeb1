package dev.farpool.cli;

import dev.farpool.cli.map.HaltRule;
import dev.farpool.cli.map.InputLines;
import dev.farpool.cli.map.JobLog;
import dev.farpool.cli.map.OutputStore;
import dev.farpool.cli.map.ShellWords;
import dev.farpool.cli.map.Template;
import dev.farpool.v1.PoolSpec;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class MapCommand extends PoolCommand {
  private static final int ALL = 1_000_000;
  private static final long MEMORY_BYTES = 64L << 20;

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

  @Option(
      names = "--shell",
      fallbackValue = "true",
      description = "Run the words as one line of sh; what comes from the input is quoted.")
  private boolean shell;

  @Mixin private LinesOption lines;
  @Mixin private JobLogOption log;

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

  @Override
  public Integer call() throws IOException, InterruptedException {
    MapSettings settings = settings();
    return lines.read(
        input ->
            dryRun
                ? show(settings.template(), input)
                : inPool(wanted(), pool -> run(pool, settings, input)));
  }

  private int run(CommandPool pool, MapSettings settings, InputLines input)
      throws IOException, InterruptedException {
    try (JobLog joblog = log.open();
        OutputStore store = new OutputStore(MEMORY_BYTES, temporary());
        MapProgress progress = MapProgress.of(Boolean.getBoolean("farpool.terminal"))) {
      MapOutput output =
          new MapOutput(stream(FileDescriptor.out), stream(FileDescriptor.err), progress);
      MapRun run = new MapRun(pool, settings, input, store, output, joblog);
      StopSignals.install(run::interrupt);
      return run.run();
    }
  }

  @Override
  CommandException lost(CommandException told) {
    String goOn = log.isKept() ? "; the same command with --resume goes on from here" : "";
    return CommandException.incomplete(told.getMessage() + goOn);
  }

  private MapSettings settings() throws IOException {
    require(jobs == null || (jobs >= 1 && jobs <= ALL), "--jobs must be 1 to " + ALL);
    require(tries >= 1, "--retries must be at least 1");
    require(!keepOrder || !lineBuffer, "--keep-order and --line-buffer exclude each other");
    return new MapSettings(
        template(), options().command(), tries, halt, log.skipped(), keepOrder, lineBuffer);
  }

  private Template template() {
    try {
      Template template = Template.of(words);
      return shell ? template.forShell() : template;
    } catch (IllegalArgumentException impossible) {
      throw CommandException.wrong(impossible.getMessage());
    }
  }

  private PoolSpec wanted() {
    return PoolSpec.newBuilder()
        .setName("map")
        .setProcesses(jobs == null ? ALL : jobs)
        .setOptions(options().taskOptions())
        .setReportStarts(true)
        .setPacedOutput(true)
        .build();
  }

  private int show(Template template, InputLines input) throws IOException {
    long number = 0;
    for (String line = input.next(); line != null; line = input.next()) {
      out().println(ShellWords.join(template.fill(++number, line)));
    }
    out().flush();
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
