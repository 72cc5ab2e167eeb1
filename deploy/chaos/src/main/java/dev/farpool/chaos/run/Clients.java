package dev.farpool.chaos.run;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Starts the clients, each with so many tasks that it is at work for most of the run. */
final class Clients {
  private static final int STEADY_PERCENT = 65;
  private static final int CAREFUL_PERCENT = 20;
  private static final int MORTAL_PERCENT = 15;

  private final Cast cast;
  private final Settings settings;
  private final double seconds;
  private final long begin = System.nanoTime();

  Clients(Cast cast, Settings settings) {
    this.cast = cast;
    this.settings = settings;
    this.seconds = settings.faults().toSeconds() * 0.9;
  }

  void startAll() throws IOException {
    int steady = settings.tasks() * STEADY_PERCENT / 100;
    int careful = settings.tasks() * CAREFUL_PERCENT / 100;
    cast.startClient(Settings.STEADY, steady, "--rate", rate(steady));
    cast.startClient(Settings.CAREFUL, careful, "--rate", rate(careful), "--at-most-once");
    startMortal();
  }

  /** With as many tasks as fit in what is left of the run. */
  void startMortal() throws IOException {
    int all = settings.tasks() * MORTAL_PERCENT / 100;
    double gone = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / 1000.0;
    int rest = (int) Math.max(1, all * (1 - gone / seconds));
    cast.startClient(Settings.MORTAL, rest, "--rate", rate(all));
  }

  private String rate(int tasks) {
    return Long.toString(Math.max(1, Math.round(tasks / seconds)));
  }
}
