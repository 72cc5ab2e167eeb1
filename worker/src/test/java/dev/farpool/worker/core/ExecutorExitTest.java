package dev.farpool.worker.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExecutorExitTest {
  private static final int KILLED = 128 + 9;

  private static ExecutorExit exit(int code, boolean oomKilled) {
    return new ExecutorExit(7, code, false, 0, 1, 0, oomKilled, "");
  }

  @Test
  void onlyAKillThatTheKernelCountedIsWantOfMemory() {
    assertTrue(exit(KILLED, true).outOfMemory());
    assertFalse(exit(KILLED, false).outOfMemory());
  }

  @Test
  void whoEndsInAnotherWayWasNotTheOneThatTheKernelKilled() {
    assertFalse(exit(1, true).outOfMemory());
    assertFalse(exit(128 + 15, true).outOfMemory());
  }
}
