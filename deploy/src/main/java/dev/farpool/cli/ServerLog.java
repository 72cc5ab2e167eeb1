package dev.farpool.cli;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log of a process that runs for long. */
final class ServerLog {
  private ServerLog() {}

  /** Tells more than a quick command does, and what gRPC logs in the same format. */
  static void begin() {
    LogLevel.INFO.applyByDefault();
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
