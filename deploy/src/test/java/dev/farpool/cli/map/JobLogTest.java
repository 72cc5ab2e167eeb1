package dev.farpool.cli.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLogTest {
  @TempDir Path temp;
  private Path path;

  @BeforeEach
  void name() {
    path = temp.resolve("job.log");
  }

  private static Job job(int number, int exitValue, int signal) {
    JobOutput output = new JobOutput(new OutputStore(0, Path.of(".")));
    Job job = new Job(number, 0, 0, List.of("echo", "it's"), output);
    job.started("node1", 1, 1_700_000_000_123L);
    job.ended(new Ending(exitValue, signal, ""), 1_700_000_001_500L);
    return job;
  }

  private static BitSet bits(int... numbers) {
    BitSet bits = new BitSet();
    for (int number : numbers) {
      bits.set(number);
    }
    return bits;
  }

  @Test
  void formIsThatOfParallel() throws IOException {
    try (JobLog log = JobLog.create(path)) {
      log.add(job(4, 3, 0));
    }

    assertEquals(
        """
        Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand
        4\tnode1\t1700000000.123\t     1.377\t0\t0\t3\t0\techo 'it'\\''s'
        """,
        Files.readString(path));
  }

  @Test
  void numbersTellWhatHasEndedAndTheLastWordCounts() throws IOException {
    try (JobLog log = JobLog.create(path)) {
      log.add(job(1, 0, 0));
      log.add(job(2, 1, 0));
      log.add(job(3, 0, 9));
      log.add(job(4, -1, 0));
      log.add(job(4, 0, 0));
    }

    assertEquals(bits(1, 2, 3, 4), JobLog.numbers(path, true));
    assertEquals(bits(1, 4), JobLog.numbers(path, false));
    assertEquals(bits(), JobLog.numbers(temp.resolve("none"), true));
  }

  @Test
  void logThatWasCutInALineGoesOn() throws IOException {
    JobLog.create(path).close();
    Files.writeString(path, Files.readString(path) + "1\tnode1\t17000");
    try (JobLog log = JobLog.resume(path)) {
      log.add(job(2, 0, 0));
    }

    assertEquals(bits(2), JobLog.numbers(path, true));
    assertEquals(3, Files.readAllLines(path).size());
  }
}
