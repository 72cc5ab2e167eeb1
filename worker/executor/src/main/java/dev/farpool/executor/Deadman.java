package dev.farpool.executor;

import dev.farpool.executor.tree.ProcessTree;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends this process when its agent is gone or silent: its processes first, then the directory of an
 * agent that is gone if that was not meant to stay, then itself, without a word to user code.
 * Thread-safe.
 */
public final class Deadman {
  /** The exit code of an executor whose agent was gone. */
  public static final int EXIT_AGENT_GONE = 114;

  private static final String LOCK = "lock";

  /** User code runs on until the others are gone; they may be more than can be killed. */
  private static final long PATIENCE_NANOS = 1_000_000_000;

  private static final int ASKED = 20;
  private static final long ASKED_EVERY_NANOS = 50_000_000;

  private final Launch launch;
  private final AtomicBoolean ended = new AtomicBoolean();

  Deadman(Launch launch) {
    this.launch = launch;
  }

  /** The agent is gone. Does not return. */
  void end(String reason) {
    end(reason, true);
  }

  /**
   * The agent is silent, and its tasks may run elsewhere by now. It may come back, so its directory
   * is left alone. Does not return.
   */
  void fence(String reason) {
    end(reason, false);
  }

  private void end(String reason, boolean agentIsGone) {
    if (ended.compareAndSet(false, true)) {
      try {
        report(reason);
        ProcessTree tree = new ProcessTree(ProcessHandle.current().pid(), launch.id);
        boolean alone = tree.killOthers(PATIENCE_NANOS);
        if (agentIsGone && launch.ephemeral != null && !agentAnswers()) {
          delete(launch.ephemeral);
        }
        if (!alone) {
          ProcessTree.killOwnGroup();
        }
      } finally {
        Runtime.getRuntime().halt(EXIT_AGENT_GONE);
      }
    }
    while (true) {
      LockSupport.park();
    }
  }

  /**
   * A living agent may have closed a connection that made no sense to it. One that is being killed
   * answers, too, until the kernel has come to its last socket.
   */
  private boolean agentAnswers() {
    for (int i = 0; i < ASKED; i++) {
      try (SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(launch.socket))) {
        LockSupport.parkNanos(ASKED_EVERY_NANOS);
      } catch (IOException refused) {
        return false;
      }
    }
    return true;
  }

  private static void report(String reason) {
    try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
      stderr.write(("farpool executor: " + reason + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException nobodyReads) {
      return; // The pipe's reader was the agent; there is nobody left to tell.
    }
  }

  /**
   * Deletes what is there; other executors of the agent may be doing the same. The lock goes last:
   * by it a sweep can tell what remains where this is cut short.
   */
  private static void delete(File file) {
    File[] children = Files.isSymbolicLink(file.toPath()) ? null : file.listFiles();
    if (children != null) {
      Arrays.sort(children, Comparator.comparing(child -> child.getName().equals(LOCK)));
      for (File child : children) {
        delete(child);
      }
    }
    // Gone already, or not ours to delete: either way the next worker's sweep is the last word.
    file.delete();
  }
}
