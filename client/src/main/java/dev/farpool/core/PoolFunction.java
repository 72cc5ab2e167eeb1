package dev.farpool.core;

import dev.farpool.v1.FunctionDefinition;

/** A function of a pool. Known by its identity: there is one for each number. */
public final class PoolFunction {
  private final FunctionDefinition definition;

  /**
   * @param definition what to send before the first call
   */
  public PoolFunction(FunctionDefinition definition) {
    this.definition = definition;
  }

  /** What to send before the first call. */
  public FunctionDefinition definition() {
    return definition;
  }
}
