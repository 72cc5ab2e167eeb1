package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.farpool.chaos.kit.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract as another language sees it: generated stubs and nothing else. */
@Timeout(120)
class PythonIT extends Sandboxed {
  /** The system's own: its packages are those of the system's package manager. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String PLUGIN = "/usr/bin/grpc_python_plugin";

  @TempDir Path stubs;

  @Test
  void exampleRunsACommandAndAJavaMethod() throws Exception {
    generateStubs();
    String coordinator = sandbox.coordinator();
    sandbox.worker(coordinator, "w1", 2);

    Launched example =
        sandbox.launch(
            List.of(
                PYTHON,
                sandbox.home().resolve("examples/python/farpool_example.py").toString(),
                coordinator,
                examplesJar()),
            Map.of("PYTHONPATH", stubs.toString()));

    assertEquals(
        List.of(
            "task 0 gave code: 3",
            "task 0 printed: hello from a shell",
            "task 1 gave int_value: 6"),
        example.exits(0).out().stream().sorted().toList());
  }

  @Test
  void peersOfOtherVersionsAndLiarsAreToldWhatIsWrong() throws Exception {
    generateStubs();
    Path script = Path.of(PythonIT.class.getResource("strangers.py").toURI());

    Launched strangers =
        sandbox.launch(
            List.of(PYTHON, script.toString(), sandbox.coordinator()),
            Map.of("PYTHONPATH", stubs.toString()));

    String wrong = "INVALID_ARGUMENT ";
    assertEquals(
        List.of(
            "0 cores: " + wrong + "register.cores must be 1 to 100000, not 0",
            "1000000000 cores: " + wrong + "register.cores must be 1 to 100000, not 1000000000",
            "4294967295 cores: " + wrong + "register.cores must be 1 to 100000, not 4294967295",
            "a worker from the future: FAILED_PRECONDITION no common protocol version: this"
                + " coordinator speaks 1 to 1, the worker 7 to 9; upgrade the coordinator",
            "a worker that can do both: registered with version 1",
            "a worker that lies: heard up to 2",
            "unknown fields: ignored",
            "an unknown mode of a pool: " + wrong + "spec.mode must be a known mode",
            "an unknown mode of cancelling: " + wrong + "mode must be a known mode",
            "a call of a later version: UNIMPLEMENTED Method not found:"
                + " farpool.v1.PoolService/SuspendPool",
            "bytes that are no message: "
                + wrong
                + "the request must be a farpool.v1.ClosePoolRequest, its bytes are none"),
        strangers.exits(0).out());
  }

  private void generateStubs() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of(PLUGIN)), "protobuf-compiler-grpc is not installed");
    assumeTrue(succeeds(PYTHON, "-c", "import grpc"), "python3-grpcio is not installed");
    Path contract = sandbox.home().resolve("proto");
    List<String> command =
        new ArrayList<>(
            List.of(
                "protoc",
                "-I" + contract,
                "--python_out=" + stubs,
                "--grpc_python_out=" + stubs,
                "--plugin=protoc-gen-grpc_python=" + PLUGIN));
    try (Stream<Path> files = Files.walk(contract)) {
      files.map(Path::toString).filter(name -> name.endsWith(".proto")).forEach(command::add);
    }
    sandbox.launch(command, Map.of()).exits(0);
  }

  private String examplesJar() throws IOException {
    try (Stream<Path> jars = Files.list(sandbox.home().resolve("lib"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("farpool-examples"))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
