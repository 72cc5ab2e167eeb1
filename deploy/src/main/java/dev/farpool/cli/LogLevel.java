package dev.farpool.cli;

import dev.farpool.cli.log.LogConfiguration;

/** How much the log says. */
enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  /** Applies unless another level was asked for. */
  void applyByDefault() {
    if (System.getProperty(LogConfiguration.LEVEL) == null) {
      apply();
    }
  }

  /** Takes effect if no logger was made before: Logback reads its configuration once. */
  void apply() {
    System.setProperty(LogConfiguration.LEVEL, name());
  }
}
