package dev.farpool.cli;

import dev.farpool.cli.log.LogConfiguration;
import java.util.Locale;

/** How the log is written. */
enum LogFormat {
  TEXT,
  JSON;

  /** Takes effect if no logger was made before: Logback reads its configuration once. */
  void apply() {
    System.setProperty(LogConfiguration.FORMAT, name().toLowerCase(Locale.ROOT));
  }
}
