package dev.farpool.peers;

import dev.farpool.peers.table.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures Farpool and its peers in one go. */
@Command(
    name = "bench/peers/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures Farpool, what users would take instead and what the machine allows, one after the"
            + " other in each round. Nothing else should run on the machine.",
    footer =
        "Exit codes: 0 all that is installed was measured, 1 something failed, 2 the command line"
            + " was wrong.")
public final class PeersCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only these; Farpool is always measured with them: farpool-embedded, farpool-cluster,"
              + " farpool-idle, farpool-scale, farpool-queue, python, hazelcast, hazelcast-tuned,"
              + " dask, celery, relay, relay-100, relay-1000, socket, threads. Default: all.")
  private List<String> only = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each is started afresh and measured. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "For how long each workload runs before it counts. Default: ${DEFAULT-VALUE}.")
  private double warmUp;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How often it runs then; a round's value is the median. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes what was measured there.")
  private Path json;

  @Spec private CommandSpec spec;

  private PeersCommand() {}

  /** The command. The system property {@code farpool.root} names the checkout. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new PeersCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkNumbers();
    Campaign campaign =
        new Campaign(chosen(), rounds, new Effort(warmUp, repeat), spec.commandLine().getErr());
    campaign.run();
    Report report = campaign.report();
    PrintWriter out = spec.commandLine().getOut();
    out.print(report.toText());
    out.print("\n" + campaign.budgets());
    out.flush();
    if (json != null) {
      Files.writeString(json, report.toJson() + "\n");
    }
    return campaign.hasFailed() ? 1 : 0;
  }

  private void checkNumbers() {
    if (rounds < 1 || repeat < 1 || !(warmUp >= 0 && warmUp <= 600)) {
      throw wrong("--rounds and --repeat must be at least 1, --warm-up 0 to 600");
    }
  }

  private List<Peer> chosen() {
    List<Peer> all = Peers.all(Path.of(System.getProperty("farpool.root", "")).toAbsolutePath());
    List<String> names = all.stream().map(Peer::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw wrong("--only must be of " + String.join(", ", names) + ", not " + name);
      }
    }
    return all.stream()
        .filter(peer -> only.isEmpty() || only.contains(peer.name()) || peer instanceof FarpoolPeer)
        .toList();
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
