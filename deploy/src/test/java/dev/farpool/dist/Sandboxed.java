package dev.farpool.dist;

import dev.farpool.chaos.kit.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that each run the distribution in a sandbox of their own. */
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
