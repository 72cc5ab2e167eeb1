package dev.farpool.cli;

import java.util.Locale;

/** How the log is written. */
enum LogFormat {
  TEXT,
  JSON;

  private static final String PROPERTY = "farpool.log.format";

  /** Takes effect if no logger was made before: Logback reads its configuration once. */
  void apply() {
    System.setProperty(PROPERTY, name().toLowerCase(Locale.ROOT));
  }
}
