package dev.farpool.coordinator.console;

import dev.farpool.common.DaemonThreads;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Bounds of the HTTP server. A thread reads one request and writes its answer, however slow the
 * peer, so there are some to spare, and a peer's time is limited. The JDK's server takes its limits
 * from system properties; those that were set from outside stay.
 */
final class HttpLimits {
  static final int THREADS = 16;
  static final int WAITING = 64;
  static final int MAX_BODY_BYTES = 4096;

  /** How long a peer may take for a request, and again for the answer. */
  static final int SECONDS = 5;

  private static final Map<String, Object> PROPERTIES =
      Map.of(
          "sun.net.httpserver.maxReqTime", SECONDS,
          "sun.net.httpserver.maxRspTime", SECONDS,
          "sun.net.httpserver.idleInterval", 30,
          "sun.net.httpserver.maxIdleConnections", 100,
          "sun.net.httpserver.maxReqHeaders", 100,
          "sun.net.httpserver.maxReqHeaderSize", 16_384,
          "sun.net.httpserver.nodelay", true,
          "jdk.httpserver.maxConnections", 200);

  private HttpLimits() {}

  /** To be called before the first server is made: it is then that they are read. */
  static void apply() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value.toString());
          }
        });
  }

  /** Threads that end when nobody looks. What finds neither thread nor place is hung up on. */
  static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            new DaemonThreads("farpool-console-"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
