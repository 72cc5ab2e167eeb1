package dev.farpool.cli;

/** How much the log says. */
enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  private static final String PROPERTY = "farpool.log.level";

  /** Applies unless another level was asked for. */
  void applyByDefault() {
    if (System.getProperty(PROPERTY) == null) {
      apply();
    }
  }

  /** Takes effect if no logger was made before: Logback reads its configuration once. */
  void apply() {
    System.setProperty(PROPERTY, name());
  }
}
