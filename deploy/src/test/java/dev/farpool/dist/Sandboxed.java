package dev.farpool.dist;

import dev.farpool.chaos.kit.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that each run the distribution in a sandbox of their own, and so beside one another. */
@Execution(ExecutionMode.CONCURRENT)
abstract class Sandboxed {
  Sandbox sandbox;

  @BeforeEach
  void openSandbox() throws Exception {
    sandbox = new Sandbox();
  }

  @AfterEach
  void closeSandbox() throws Exception {
    sandbox.close();
  }
}
