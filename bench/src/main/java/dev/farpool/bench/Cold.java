package dev.farpool.bench;

import dev.farpool.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program and a cluster of its own, from nothing to the first result; as it is, and with an
 * archive of the classes that such a program loads.
 */
final class Cold implements Workload {
  private static final double NANOS_PER_MILLI = 1e6;

  private Path archive;

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public String title() {
    return "new JVM with a cluster of its own to its first result";
  }

  @Override
  public int defaultTasks(int processes) {
    return 1;
  }

  @Override
  public boolean runsOnRunningClusters() {
    return false;
  }

  @Override
  public List<Figure> round(Rig rig, Pool pool, int tasks) throws InterruptedException {
    return List.of(
        new Figure("time", "ms", medianMillis(rig, tasks, List.of())),
        new Figure("archived", "ms", medianMillis(rig, tasks, List.of(shared(rig)))));
  }

  /** Shares an archive of classes that such a program made at its end. */
  private String shared(Rig rig) throws InterruptedException {
    if (archive == null) {
      try {
        archive = Files.createTempFile("farpool-bench", ".jsa");
        archive.toFile().deleteOnExit();
        Files.delete(archive); // An empty file is no archive.
      } catch (IOException failed) {
        throw new UncheckedIOException("no place for an archive of classes", failed);
      }
      ColdProgram.nanosToResult(rig.processes(), List.of("-XX:ArchiveClassesAtExit=" + archive));
    }
    return "-XX:SharedArchiveFile=" + archive;
  }

  private double medianMillis(Rig rig, int tasks, List<String> options)
      throws InterruptedException {
    List<Figure> times = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      long nanos = ColdProgram.nanosToResult(rig.processes(), options);
      times.add(new Figure("time", "ms", nanos / NANOS_PER_MILLI));
    }
    return Summary.of(name(), times).median();
  }
}
