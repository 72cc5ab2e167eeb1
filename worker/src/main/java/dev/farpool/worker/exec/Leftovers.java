package dev.farpool.worker.exec;

import dev.farpool.executor.tree.ProcessTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a dead agent left on this host: processes first, then files. Its executors end by
 * themselves, but one may be stopped or just be dying, and until it is gone its core is not free.
 */
final class Leftovers {
  /** The file in an executor's directory with the mark of its processes. */
  static final String MARK = "mark";

  private static final long NO_ROOT = 0;

  private Leftovers() {}

  /** Ends and deletes what belongs to the agent that had this directory. */
  static void clear(Path agent) throws IOException {
    try (DirectoryStream<Path> executors = Files.newDirectoryStream(agent, "executor-*")) {
      for (Path executor : executors) {
        kill(executor);
      }
    } catch (NoSuchFileException deletedMeanwhile) {
      return; // By its last executor.
    }
    AgentDirectory.delete(agent);
  }

  private static void kill(Path executor) throws IOException {
    try {
      String mark = Files.readString(executor.resolve(MARK));
      if (!mark.isBlank()) {
        new ProcessTree(NO_ROOT, mark).killMarked(0);
      }
    } catch (NoSuchFileException neverStarted) {
      return; // It was being made when its agent died, or is being deleted.
    }
  }
}
