package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.chaos.kit.ClusterView;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers on other hosts, as far as this one can be several. */
@Timeout(120)
class UpIT extends Sandboxed {
  private SshHosts ssh;
  private String javaHome = System.getProperty("java.home");

  private Launched hosts(String command, List<String> lines, String... more) throws Exception {
    if (ssh == null) {
      ssh = SshHosts.orSkip(sandbox);
    }
    Path file = Files.write(sandbox.directory().resolve("hosts"), lines);
    List<String> words = new ArrayList<>(List.of(command, "--hosts", file.toString()));
    words.addAll(List.of("--ssh-config", ssh.config()));
    words.addAll(List.of("--remote-directory", sandbox.directory().resolve("remote").toString()));
    words.addAll(List.of(more));
    return sandbox.farpool(words.toArray(String[]::new));
  }

  private Launched up(String coordinator, List<String> lines, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("--coordinator", coordinator));
    words.addAll(List.of("--java-home", javaHome));
    words.addAll(List.of(more));
    return hosts("up", lines, words.toArray(String[]::new));
  }

  @Test
  void workersRunOnTheHostsThatCanBeReachedAndDrainAtTheSignal() throws Exception {
    String coordinator = sandbox.coordinator();
    Launched up = up(coordinator, List.of("node1 1", "node2 2 gpu=yes", "nowhere"));
    up.awaitLine("node1: copying \\d+ MiB");
    up.awaitLine("2 of 3 workers run; Ctrl-C stops them");
    up.awaitErrorLine("nowhere: FAILED: ssh cannot reach it: .*");
    assertEquals(List.of("node1", "node2"), view(coordinator).workers("active"));
    Launched task =
        sandbox.farpool(
            "exec", "--coordinator", coordinator, "--", "sh", "-c", "echo begun; sleep 1");
    task.awaitLine("begun");

    up.terminate();

    task.exits(0);
    up.exits(1);
    assertTrue(up.out().containsAll(List.of("node1: stopped", "node2: stopped")), up::toString);
  }

  @Test
  void workersThatWereLeftRunningNeedNoSecondCopyAndGoWithDown() throws Exception {
    String coordinator = sandbox.coordinator();
    List<String> lines = List.of("node1 1");
    Path files = Files.createDirectory(sandbox.directory().resolve("files"));
    Files.writeString(files.resolve("worker.properties"), "label = from=file\nspares = 0\n");
    Launched up =
        up(
                coordinator,
                lines,
                "--detach",
                "--files",
                files.toString(),
                "--",
                "--config",
                "worker.properties")
            .exits(0);
    assertTrue(up.out().contains("1 of 1 worker runs; farpool down stops them"), up::toString);

    Launched again = up(coordinator, lines, "--detach").exits(1);
    assertEquals(
        List.of("node1: FAILED: a worker runs here already; stop it with farpool down"),
        again.err());
    assertEquals(List.of(), again.out());
    Launched workers = sandbox.farpool("workers", "--coordinator", coordinator).exits(0);
    assertTrue(workers.out().get(1).matches("node1 .* active .* from=file"), workers::toString);

    assertEquals(List.of("node1: stopped"), hosts("down", lines).exits(0).out());
    assertEquals(List.of(), view(coordinator).workers("active"));
  }

  @Test
  void aHostWithoutJavaSaysSo() throws Exception {
    javaHome = "/nowhere";

    Launched up = up("127.0.0.1:1", List.of("node1")).exits(1);

    assertEquals(1, up.err().size(), up::toString);
    assertTrue(
        up.err().get(0).startsWith("node1: FAILED: farpool: JAVA_HOME is /nowhere, where"),
        up::toString);
  }

  private ClusterView view(String coordinator) {
    return new ClusterView(sandbox, Place.HERE, coordinator);
  }
}
