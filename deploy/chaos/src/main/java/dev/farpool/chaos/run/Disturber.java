package dev.farpool.chaos.run;

import dev.farpool.chaos.kit.Host;
import dev.farpool.chaos.kit.Host.Direction;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Signals;
import dev.farpool.chaos.schedule.Fault;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Does to the processes and links of a cast what the schedule says. */
final class Disturber {
  private static final int SLOWEST_KILOBITS = 200;
  private static final int DELAY_SHARE = 100;

  private final Cast cast;
  private final Clients clients;
  private final Map<String, Long> pausedExecutors = new HashMap<>();
  private final Set<Fault> spared = new HashSet<>();

  Disturber(Cast cast, Clients clients) {
    this.cast = cast;
    this.clients = clients;
  }

  /** The fault begins; a client that is done with its tasks is spared. */
  void begin(Fault fault) throws IOException, InterruptedException {
    if (cast.process(fault.target()).isAlive()) {
      inflict(fault);
    } else {
      spared.add(fault);
    }
  }

  private void inflict(Fault fault) throws IOException, InterruptedException {
    Launched process = cast.process(fault.target());
    Host host = cast.host(fault.target());
    switch (fault.kind()) {
      case KILL -> process.kill();
      case PAUSE -> process.pause();
      case KILL_EXECUTOR -> executor(fault).ifPresent(Signals::kill);
      case PAUSE_EXECUTOR -> pauseExecutor(fault);
      case CUT -> host.cut();
      case CUT_IN -> host.cut(Direction.IN);
      case CUT_OUT -> host.cut(Direction.OUT);
      case SLOW -> host.slow(SLOWEST_KILOBITS + fault.amount());
      case FLAP -> flap(fault, host);
      case DELAY ->
          process.tell(
              "delay " + fault.amount() / DELAY_SHARE + " " + fault.amount() / DELAY_SHARE);
      case STALL -> process.tell("stall");
      case RESET -> process.tell("reset " + fault.amount());
      case HALF_CLOSE -> process.tell("half-close " + fault.amount());
    }
    if (fault.kind() == Fault.Kind.KILL && fault.target().equals(Settings.MORTAL)) {
      cast.mourn();
    }
  }

  /** The fault is over. */
  void end(Fault fault) throws IOException, InterruptedException {
    if (spared.remove(fault)) {
      return;
    }
    switch (fault.kind()) {
      case KILL -> restart(fault.target());
      case PAUSE -> resume(cast.process(fault.target()).pid());
      case PAUSE_EXECUTOR -> resumeExecutor(fault);
      case CUT, CUT_IN, CUT_OUT, SLOW, FLAP -> cast.host(fault.target()).heal();
      case DELAY, STALL, RESET, HALF_CLOSE -> cast.process(fault.target()).tell("pass");
      case KILL_EXECUTOR -> {}
    }
  }

  private void restart(String target) throws IOException, InterruptedException {
    if (target.equals(Settings.COORDINATOR)) {
      cast.startCoordinator();
    } else if (target.equals(Settings.MORTAL)) {
      clients.startMortal();
    } else {
      cast.startWorker(target);
    }
  }

  /** Up and down, a few times within the fault's time. */
  private static void flap(Fault fault, Host host) throws IOException, InterruptedException {
    // Its halves are apart by what the schedule's clock can tell; longer flaps come as cuts.
    for (int times = 0; times < 3; times++) {
      host.cut();
      Thread.sleep(Math.min(150, fault.lastsMillis() / 6));
      host.heal();
      Thread.sleep(Math.min(150, fault.lastsMillis() / 6));
    }
    host.cut();
  }

  private OptionalLong executor(Fault fault) {
    List<ProcessHandle> executors =
        ProcessHandle.of(cast.process(fault.target()).pid()).stream()
            .flatMap(ProcessHandle::children)
            .sorted()
            .toList();
    return executors.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(executors.get(fault.amount() % executors.size()).pid());
  }

  private void pauseExecutor(Fault fault) throws IOException, InterruptedException {
    OptionalLong executor = executor(fault);
    if (executor.isPresent()) {
      pausedExecutors.put(fault.target(), executor.getAsLong());
      Signals.pause(executor.getAsLong());
    }
  }

  private void resumeExecutor(Fault fault) throws IOException, InterruptedException {
    Long executor = pausedExecutors.remove(fault.target());
    if (executor != null) {
      resume(executor);
    }
  }

  /** It may have been ended meanwhile; then there is nobody to go on. */
  private static void resume(long pid) throws IOException, InterruptedException {
    if (ProcessHandle.of(pid).isPresent()) {
      Signals.resume(pid);
    }
  }
}
