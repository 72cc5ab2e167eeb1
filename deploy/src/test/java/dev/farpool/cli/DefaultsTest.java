package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which address was tried tells where the option came from. */
@Timeout(30)
class DefaultsTest {
  @TempDir Path directory;
  private String file;

  @BeforeEach
  void writeFile() throws IOException {
    file = directory.resolve("farpool.properties").toString();
    Files.writeString(Path.of(file), "coordinator = 127.0.0.1:3\ndrain-timeout = 10s\n");
  }

  @Test
  void fileGivesWhatIsNowhereElse() {
    assertTried("127.0.0.1:3", CommandRunner.run("status", "--config", file));
    assertTried("127.0.0.1:3", CommandRunner.run("status", "--config=" + file));
    assertTried("127.0.0.1:3", CommandRunner.run(Map.of("FARPOOL_CONFIG", file), "status"));
  }

  @Test
  void environmentWinsOverFile() {
    Map<String, String> environment = Map.of("FARPOOL_COORDINATOR", "127.0.0.1:2");

    assertTried("127.0.0.1:2", CommandRunner.run(environment, "status", "--config", file));
  }

  @Test
  void commandLineWinsOverEnvironment() {
    Map<String, String> environment = Map.of("FARPOOL_COORDINATOR", "127.0.0.1:2");

    assertTried(
        "127.0.0.1:1",
        CommandRunner.run(environment, "status", "--config", file, "--coordinator", "127.0.0.1:1"));
  }

  @Test
  void flagIsOnBothWaysAndTogether() {
    Map<String, String> on = Map.of("FARPOOL_INSECURE", "true", "FARPOOL_LISTEN", "198.51.100.1:0");

    // The address is not of this machine, so only an allowed start gets as far as trying it.
    assertEquals(1, CommandRunner.run(on, "coordinator").exitCode());
    assertEquals(1, CommandRunner.run(on, "coordinator", "--insecure").exitCode());
  }

  @Test
  void wrongValueInTheEnvironmentIsExitCodeTwo() {
    CommandRunner run = CommandRunner.run(Map.of("FARPOOL_COORDINATOR", "nowhere"), "status");

    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--coordinator"), run.err());
  }

  @Test
  void unknownLineOfTheFileIsExitCodeTwo() throws IOException {
    Files.writeString(Path.of(file), "coordinater = 127.0.0.1:3\n");

    CommandRunner run = CommandRunner.run("status", "--config", file);

    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("there is no option coordinater"), run.err());
  }

  @Test
  void missingFileIsExitCodeTwo() {
    CommandRunner run = CommandRunner.run("status", "--config", directory + "/none");

    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("cannot be read"), run.err());
  }

  private static void assertTried(String address, CommandRunner run) {
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.err().contains("answers at " + address + ";"), run.err());
  }
}
