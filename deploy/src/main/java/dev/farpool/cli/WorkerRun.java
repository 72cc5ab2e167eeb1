package dev.farpool.cli;

import dev.farpool.worker.Worker;
import java.time.Duration;
import java.util.function.Consumer;

/** The life of a worker process, from reaching its coordinator to leaving it. */
final class WorkerRun {
  private static final Duration SLICE = Duration.ofMillis(100);

  private final Worker worker;
  private final StopSignals signals;
  private final Consumer<String> say;

  WorkerRun(Worker worker, StopSignals signals, Consumer<String> say) {
    this.worker = worker;
    this.signals = signals;
    this.say = say;
  }

  /**
   * Waits until the coordinator has accepted the worker.
   *
   * @throws CommandException if it has not in this time, never will, or a signal came before
   */
  void attach(String coordinator, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (!worker.awaitAttached(SLICE)) {
        if (signals.received()) {
          throw CommandException.failed("stopped before it was attached to " + coordinator);
        }
        if (System.nanoTime() > deadline || isNotLetIn()) {
          throw notAttached(coordinator);
        }
      }
    } catch (IllegalStateException refused) {
      throw CommandException.failed(coordinator + " refused: " + refused.getMessage());
    }
  }

  /**
   * Waits for the first signal and lets the running tasks end, or for the worker to leave by
   * itself.
   *
   * @throws CommandException if tasks had to be killed, or the coordinator no longer takes the
   *     worker
   */
  void untilStopped(Duration drainTimeout) throws InterruptedException {
    Thread watch = new Thread(this::requestStopAtTheEnd, "worker-watch");
    watch.setDaemon(true);
    watch.start();
    signals.await();
    if (worker.awaitTermination(Duration.ZERO)) {
      throwIfRefused();
      return;
    }
    say.accept("draining, for " + drainTimeout.toSeconds() + " s at most; a second signal ends it");
    worker.drain("the worker was told to stop");
    boolean left = worker.awaitTermination(drainTimeout);
    signals.giveWay();
    if (!left) {
      throw CommandException.failed(
          "tasks still ran after "
              + drainTimeout.toSeconds()
              + " s and were killed; they run elsewhere (--drain-timeout gives them longer)");
    }
  }

  private void requestStopAtTheEnd() {
    try {
      worker.awaitTermination(Duration.ofNanos(Long.MAX_VALUE));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    signals.request();
  }

  private void throwIfRefused() throws InterruptedException {
    try {
      worker.awaitAttached(Duration.ZERO);
    } catch (IllegalStateException refused) {
      throw CommandException.failed("the coordinator refused: " + refused.getMessage());
    }
  }

  /** Another try would need another token; later, when there are tasks, it may be renewed. */
  private boolean isNotLetIn() {
    String reason = worker.disconnectedBecause();
    return reason.startsWith("UNAUTHENTICATED") || reason.startsWith("PERMISSION_DENIED");
  }

  private CommandException notAttached(String coordinator) {
    String reason = worker.disconnectedBecause();
    if (reason.startsWith("ALREADY_EXISTS")) {
      return CommandException.failed(reason + "; choose another --name");
    }
    if (isNotLetIn()) {
      return CommandException.failed("not let in at " + coordinator + ": " + reason);
    }
    return CommandException.unreachable(
        "no coordinator answers at " + coordinator + " (" + reason + "); " + Connection.ADVICE);
  }
}
