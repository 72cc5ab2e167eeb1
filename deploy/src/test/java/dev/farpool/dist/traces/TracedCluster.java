package dev.farpool.dist.traces;

import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A coordinator and a worker of two cores whose environment says where spans go. */
public final class TracedCluster {
  private final Sandbox sandbox;
  private final String coordinator;

  /** Starts it and waits until it is ready. */
  public TracedCluster(Sandbox sandbox, Map<String, String> environment)
      throws IOException, InterruptedException {
    this.sandbox = sandbox;
    Launched server =
        sandbox.launch(List.of(farpool(), "coordinator", "--listen", "127.0.0.1:0"), environment);
    this.coordinator = Sandbox.address(server);
    Launched worker =
        sandbox.launch(
            List.of(
                farpool(), "worker", "--coordinator", coordinator, "--name", "w1", "--cores", "2"),
            environment);
    worker.awaitLine("farpool worker w1: .* attached to .*");
  }

  private String farpool() {
    return sandbox.home().resolve("bin/farpool").toString();
  }

  /** Runs a shell's script as a command on it. */
  public Launched exec(Map<String, String> environment, String script) throws IOException {
    return sandbox.launch(
        List.of(farpool(), "exec", "--coordinator", coordinator, "--", "sh", "-c", script),
        environment);
  }

  /** Runs {@link TracedProgram} to its end. */
  public Launched program(Map<String, String> environment, String... words) throws Exception {
    Path classes =
        Path.of(TracedProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("FARPOOL_COORDINATOR", coordinator);
    return sandbox.program(classes, variables, TracedProgram.class.getName(), words).exits(0);
  }
}
