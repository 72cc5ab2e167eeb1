package dev.farpool.worker.exec;

import dev.farpool.executor.tree.ProcessTree;
import dev.farpool.executor.tree.Signals;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.ExecutorExit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals and kills executors with all that came from them, and reports an executor as gone only
 * when nothing of it is left. On threads of its own: looking through the processes of a host takes
 * milliseconds. Thread-safe.
 */
final class Reaper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reaper.class);
  private static final int THREADS = 2;
  private static final long PIPE_MILLIS = 500;

  private final ExecutorService threads;
  private final Consumer<Command> mailbox;
  private final Consumer<ChildExecutor> deletion;

  /**
   * @param deletion deletes the files of an executor that is gone
   */
  Reaper(ThreadFactory factory, Consumer<Command> mailbox, Consumer<ChildExecutor> deletion) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            factory,
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
    this.mailbox = mailbox;
    this.deletion = deletion;
  }

  /** Sends SIGTERM to the whole tree. */
  void terminate(ChildExecutor executor) {
    withProcess(executor, process -> tree(executor, process).terminate());
  }

  /** Kills the whole tree. */
  void kill(ChildExecutor executor) {
    executor.kill();
    withProcess(
        executor,
        process -> {
          process.destroyForcibly();
          executor.cgroup().kill();
          tree(executor, process).killAll();
        });
  }

  /** Sends a signal to the executor alone. */
  void signal(ChildExecutor executor, int signal) {
    withProcess(
        executor,
        process -> {
          try {
            Signals.send(process.toHandle(), signal);
          } catch (IOException noShell) {
            log.warn("event=signal_failed signal={} reason=\"{}\"", signal, noShell.toString());
          }
        });
  }

  /** Watches a process that was started; {@code last} runs when all is over. */
  @SuppressWarnings("FutureReturnValueIgnored") // Its only stage lets nothing through.
  void watch(ChildExecutor executor, RawPipe[] pipes, ChannelLoop channels, Runnable last) {
    executor
        .process()
        .onExit()
        .thenAcceptAsync(process -> reap(executor, process, pipes, channels, last), threads);
  }

  private void reap(
      ChildExecutor executor,
      Process process,
      RawPipe[] pipes,
      ChannelLoop channels,
      Runnable last) {
    boolean oomKilled = false;
    try {
      executor.cgroup().kill();
      tree(executor, process).killRemains();
      oomKilled = !executor.isKilled() && executor.cgroup().hasOomKills();
      executor.cgroup().remove();
      for (RawPipe pipe : pipes) {
        pipe.await(PIPE_MILLIS);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      // Whatever is left of it, its slot must not be lost for ever.
      log.error("event=reap_failed executor={} reason=\"{}\"", executor.id(), bug.toString(), bug);
    }
    ByteBuffer claims = ExecutorFiles.claims(executor);
    deletion.accept(executor);
    boolean killedForMemory = oomKilled;
    channels.finish(
        executor,
        () -> {
          ExecutorExit exit =
              new ExecutorExit(
                  process.pid(),
                  process.exitValue(),
                  executor.goodbye(),
                  executor.goodbyeSignal(),
                  claims.getLong(0),
                  claims.getLong(Long.BYTES),
                  killedForMemory,
                  executor.stderr().text());
          last.run();
          mailbox.accept((agent, now) -> agent.executorGone(executor.id(), exit, now));
        });
  }

  private void withProcess(ChildExecutor executor, Consumer<Process> action) {
    Process process = executor.process();
    if (process != null) {
      threads.execute(() -> action.accept(process));
    }
  }

  private static ProcessTree tree(ChildExecutor executor, Process process) {
    return new ProcessTree(process.pid(), executor.mark());
  }

  /** Lets what is under way come to its end; nothing more is begun. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
