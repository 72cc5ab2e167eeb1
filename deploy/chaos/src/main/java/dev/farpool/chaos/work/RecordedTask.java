package dev.farpool.chaos.work;

import dev.farpool.chaos.history.Answers;
import dev.farpool.chaos.history.Event.Kind;
import dev.farpool.chaos.history.HistoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;

/** The code that runs on the cluster: it waits, and writes down when it began, was there, ended. */
final class RecordedTask {
  private static final int TICK_MILLIS = 100;
  private static final ConcurrentHashMap<String, HistoryFile> OPEN = new ConcurrentHashMap<>();

  private RecordedTask() {}

  static Long run(Assignment assignment) throws IOException, InterruptedException {
    HistoryFile history = OPEN.computeIfAbsent(assignment.history(), RecordedTask::open);
    history.add(Kind.START, assignment.id(), "");
    for (int left = assignment.millis(); left > 0; left -= TICK_MILLIS) {
      Thread.sleep(Math.min(left, TICK_MILLIS));
      if (left > TICK_MILLIS) {
        history.add(Kind.TICK, assignment.id(), "");
      }
    }
    history.add(Kind.END, assignment.id(), "");
    return Answers.of(assignment.id());
  }

  private static HistoryFile open(String file) {
    try {
      return HistoryFile.open(Path.of(file));
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }
}
