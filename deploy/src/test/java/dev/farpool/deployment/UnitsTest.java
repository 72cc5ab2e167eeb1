package dev.farpool.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The systemd units and their configuration files. */
@Timeout(60)
class UnitsTest {
  private static final Path UNITS = Path.of("systemd");
  private static final Path VERIFIER = Path.of("/usr/bin/systemd-analyze");

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "worker"})
  void optionsOfUnitAndFileAreThoseOfTheCommand(String service) throws IOException {
    FarpoolCommand command = command(service);

    assertEquals(service, command.name());
    assertEquals("/etc/farpool/" + service + ".properties", command.options().get("config"));
  }

  @Test
  void workerIsKilledOnlyAfterItHadTimeToDrain() throws IOException {
    long stop = DeploymentFiles.seconds(setting("worker", "TimeoutStopSec"));

    assertTrue(stop >= command("worker").seconds("drain-timeout") + 15, stop + " s");
    assertEquals("mixed", setting("worker", "KillMode"));
  }

  @Test
  void workerMayMakeTheControlGroupsThatBoundItsExecutors() throws IOException {
    assertEquals("memory pids", setting("worker", "Delegate"));
    // It would make them read-only.
    assertFalse(Files.readString(unit("worker")).contains("ProtectControlGroups="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "worker"})
  void systemdTakesTheUnit(String service) throws Exception {
    assumeTrue(Files.isExecutable(VERIFIER), "systemd is not installed");
    Path program = Files.createFile(temp.resolve("farpool"));
    assertTrue(program.toFile().setExecutable(true));
    String text =
        Files.readString(unit(service))
            .replace("/opt/farpool/bin/farpool", program.toString())
            .replace("User=farpool", "User=root"); // That user is on no host of developers.
    Path copy = Files.writeString(temp.resolve(unit(service).getFileName()), text);

    Process verify =
        new ProcessBuilder(VERIFIER.toString(), "verify", "--man=no", copy.toString())
            .redirectErrorStream(true)
            .start();
    String words = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertTrue(verify.waitFor(30, TimeUnit.SECONDS));
    assertEquals("", words);
    assertEquals(0, verify.exitValue());
  }

  private static FarpoolCommand command(String service) throws IOException {
    List<String> words = new ArrayList<>(List.of(setting(service, "ExecStart").split(" ")));
    assertEquals("/opt/farpool/bin/farpool", words.remove(0));
    Map<String, String> environment = new HashMap<>();
    for (String assignment : setting(service, "Environment").split(" ")) {
      String[] parts = assignment.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(UNITS.resolve(service + ".properties"))) {
      file.load(reader);
    }
    return FarpoolCommand.of(words, environment).with(file);
  }

  private static String setting(String service, String name) throws IOException {
    List<String> values =
        Arrays.stream(Files.readString(unit(service)).split("\n"))
            .filter(line -> line.startsWith(name + "="))
            .map(line -> line.substring(name.length() + 1))
            .toList();
    assertEquals(1, values.size(), name + " in " + unit(service));
    return values.get(0);
  }

  private static Path unit(String service) {
    return UNITS.resolve("farpool-" + service + ".service");
  }
}
