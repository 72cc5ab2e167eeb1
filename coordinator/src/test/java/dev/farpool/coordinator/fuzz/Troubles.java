package dev.farpool.coordinator.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Hears of exceptions that nobody expected: out of handlers, threads, and the scheduler. */
final class Troubles extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.farpool");
  private final java.util.logging.Logger grpc = java.util.logging.Logger.getLogger("io.grpc");
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final Handler grpcHandler = new GrpcHandler();

  Troubles() {
    start();
    ours.addAppender(this);
    ours.setLevel(Level.ERROR); // That workers are refused and end is what the scripts are for.
    grpc.addHandler(grpcHandler);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> heard.add(thread + ": " + thrown));
  }

  /** All that was heard; empty when all is well. */
  String text() {
    return String.join("; ", heard);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      heard.add(event.getFormattedMessage());
    }
  }

  @Override
  public void close() {
    ours.detachAppender(this);
    ours.setLevel(null);
    grpc.removeHandler(grpcHandler);
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  private final class GrpcHandler extends Handler {
    @Override
    public void publish(LogRecord logged) {
      if (logged.getThrown() != null
          && logged.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()) {
        heard.add(logged.getMessage() + ": " + logged.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
