package dev.farpool.worker.exec;

import java.util.List;

/**
 * The code of a pool as a spare must know it.
 *
 * @param classPath what its class path would be if it had been started with it
 * @param jars where the jars of the pool are, without links
 */
record LateClassPath(String classPath, List<String> jars) {
  /** For an executor that was started with its code. */
  static final LateClassPath NONE = new LateClassPath("", List.of());
}
