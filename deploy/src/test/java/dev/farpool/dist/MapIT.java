package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code farpool map} and the commands of operators on a cluster with two slots. */
@Order(1) // Long, so that it does not end alone.
@Timeout(120)
class MapIT {
  private static Sandbox sandbox;
  private static String coordinator;

  @BeforeAll
  static void startCluster() throws Exception {
    sandbox = new Sandbox();
    coordinator = sandbox.coordinator();
    sandbox.worker(coordinator, "w1", 2);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    sandbox.close();
  }

  private static Launched farpool(String command, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(command, "--coordinator", coordinator));
    line.addAll(List.of(arguments));
    return sandbox.farpool(line.toArray(String[]::new));
  }

  private static Launched map(List<String> lines, String... arguments) throws IOException {
    Path input = Files.createTempFile(sandbox.directory(), "lines", null);
    Files.write(input, lines);
    return farpool(
        "map",
        Stream.concat(Stream.of("-a", input.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static List<String> numbers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }

  private static String awaitPool(String name) throws Exception {
    while (true) {
      String status = String.join("\n", farpool("pools", "--json").exits(0).out());
      JsonArray pools = JsonParser.parseString(status).getAsJsonObject().getAsJsonArray("pools");
      for (int i = 0; i < pools.size(); i++) {
        JsonObject pool = pools.get(i).getAsJsonObject();
        if (pool.get("name").getAsString().equals(name) && pool.get("running").getAsInt() > 0) {
          return pool.get("poolId").getAsString();
        }
      }
    }
  }

  @Test
  void eachLineIsACommandAndOutputKeepsTogetherAndInOrder() throws Exception {
    Launched map =
        map(
            numbers(40),
            "-k",
            "--",
            "sh",
            "-c",
            "echo a $1; test $1 != 1 || sleep 0.3; echo b $1; echo e $1 >&2",
            "_");

    map.exits(0);
    assertEquals(
        IntStream.rangeClosed(1, 40).boxed().flatMap(n -> Stream.of("a " + n, "b " + n)).toList(),
        map.out());
    assertEquals(numbers(40).stream().map(n -> "e " + n).toList(), map.err());
  }

  @Test
  void exitCodeCountsFailedJobsAndTheLogLetsThemRunAgain() throws Exception {
    String log = sandbox.directory().resolve("job.log").toString();
    String[] work = {"--shell", "test {} = 0 || test -e {#}.done || exit {}; echo {}"};
    String[] options = {"--joblog", log, "--working-directory", sandbox.directory().toString()};
    String[] first = Stream.of(options, work).flatMap(Stream::of).toArray(String[]::new);

    Launched map = map(List.of("0", "7", "0", "9"), first).exits(2);

    assertEquals(List.of("0", "0"), map.out(), map::toString);
    assertEquals(5, Files.readAllLines(Path.of(log)).size());
    Files.createFile(sandbox.directory().resolve("2.done"));
    Files.createFile(sandbox.directory().resolve("4.done"));
    String[] again =
        Stream.of(options, new String[] {"--resume-failed", "-k"}, work)
            .flatMap(Stream::of)
            .toArray(String[]::new);
    assertEquals(List.of("7", "9"), map(List.of("0", "7", "0", "9"), again).exits(0).out());
  }

  @Test
  void failedJobsAreTriedAgainAndOnlyTheLastTryIsShown() throws Exception {
    String directory = Files.createTempDirectory(sandbox.directory(), "tries").toString();
    Launched map =
        map(
            List.of("x"),
            "--retries",
            "3",
            "--working-directory",
            directory,
            "--shell",
            "echo {} >> {}; wc -l < {}; test $(wc -l < {}) = 3");

    assertEquals(List.of("3"), map.exits(0).out().stream().map(String::strip).toList());
  }

  @Test
  void haltEndsAllWithTheExitCodeOfTheReason() throws Exception {
    Launched now = map(List.of("600", "x", "600", "600"), "--halt", "now,fail=1", "sleep");
    now.exits(1);

    Launched soon =
        map(
            numbers(100),
            "-j1",
            "--halt",
            "soon,fail=1",
            "--shell",
            "test {} != 3 || exit 42; echo {}; sleep 0.05");
    assertEquals(List.of("1", "2"), soon.exits(42).out().subList(0, 2));
    assertTrue(soon.out().size() < 99, soon::toString);
  }

  @Test
  void outputThatComesFasterThanItTravelsArrivesWhole() throws Exception {
    Launched map =
        map(
            numbers(4),
            "--",
            "sh",
            "-c",
            "head -c 12000000 /dev/zero | tr '\\0' x | fold -w 9999; echo; test $1",
            "_");

    map.exits(0);
    assertEquals(48_000_000, map.out().stream().mapToLong(String::length).sum());
  }

  @Test
  void jobsWithoutAnExitStatusSayWhy() throws Exception {
    Launched map = map(List.of("no-such-program", "sleep"), "--timeout", "200ms", "--", "{}", "9");

    map.exits(2);
    String said = String.join("\n", map.err());
    assertTrue(said.contains("farpool map: job 1 (no-such-program 9): "), said);
    assertTrue(said.contains("farpool map: job 2 (sleep 9): "), said);
  }

  @Test
  void terminatedMapKillsItsJobs() throws Exception {
    Launched map =
        map(numbers(50), "--line-buffer", "--", "sh", "-c", "echo $$; exec sleep 600", "_");
    String pid = map.awaitLine("(\\d+)").group(1);

    map.terminate();

    map.exits(143);
    assertFalse(ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void operatorsSeeWhyTasksWaitAndCancelThem() throws Exception {
    Launched map =
        map(numbers(3), "-j1", "--line-buffer", "--", "sh", "-c", "echo begun; sleep 600", "_");
    map.awaitLine("begun"); // So that asking for the pool once is enough, as a rule.
    String id = awaitPool("map");

    Launched explain = farpool("explain", id.substring(0, 12) + "/2").exits(0);
    assertTrue(explain.out().get(0).contains("is waiting: behind 1 task"), explain::toString);
    Launched tasks = farpool("cancel", id + "/0-1").exits(0);
    assertTrue(tasks.out().get(0).startsWith("2 of 2 tasks"), tasks::toString);
    farpool("cancel", id).exits(0);

    map.exits(255);
    assertTrue(String.join("\n", map.err()).contains("jobs that were not run: 1; "), map::toString);
  }

  @Test
  void drainedWorkerLeavesAndAnotherTakesItsPlace() throws Exception {
    Launched second = sandbox.worker(coordinator, "second", 1);

    farpool("drain", "sec", "--reason", "test").exits(0);

    second.exits(0);
  }
}
