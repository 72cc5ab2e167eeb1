package dev.farpool.cli;

import dev.farpool.common.PrivateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes what lets the processes of an installation start in less time. */
@Command(
    name = "class-archive",
    header = "Makes an archive of classes with which farpool starts faster.",
    description = {
      "Starts a coordinator, a worker and a few commands, notes which classes they load and keeps"
          + " them, read and verified, in farpool.jsa of this installation. From then on all"
          + " farpool processes there share it. It is for the Java that made it; another ignores"
          + " it. To be done once after installing, by somebody who may write there."
    },
    footer = {"Example:", "  /opt/farpool/bin/farpool class-archive"})
final class ClassArchiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation = Installation.find();
    ClassArchive archive = new ClassArchive(installation);
    archive.checkWritable();
    try (PrivateDirectory lists = PrivateDirectory.create()) {
      rehearse(installation, ClassArchive.listedIn(lists.path()));
      long bytes = archive.make(lists.path());
      say(archive.file(), bytes);
    }
    return 0;
  }

  /** Lets processes do what most of them do most of the time. */
  private static void rehearse(Installation installation, Map<String, String> environment)
      throws IOException, InterruptedException {
    try (DemoCluster cluster = new DemoCluster(installation, environment)) {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "archive-interrupted"));
      String address = cluster.startCoordinator();
      cluster.startWorker(address);
      cluster.runCommand("status", "--coordinator", address);
      cluster.runCommand("exec", "--coordinator", address, "--", "true");
    }
  }

  private void say(Path file, long bytes) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("farpool class-archive: %s, %d MiB%n", file, bytes >> 20);
    err.flush();
  }
}
