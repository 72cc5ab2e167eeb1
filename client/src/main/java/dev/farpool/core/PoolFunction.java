package dev.farpool.core;

import dev.farpool.v1.FunctionDefinition;

/** A function of a pool, and whether the coordinator has it. */
public final class PoolFunction {
  private final FunctionDefinition definition;
  private boolean known;

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

  /** Whether it need not be sent any more. */
  public boolean known() {
    return known;
  }

  void known(boolean known) {
    this.known = known;
  }
}
