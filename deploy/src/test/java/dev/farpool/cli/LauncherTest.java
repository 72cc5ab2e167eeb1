package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the distribution with a java that only tells how it was called. */
@Timeout(30)
class LauncherTest {
  private static final Path SCRIPT = Path.of("src", "main", "dist", "bin", "farpool");

  @TempDir Path directory;
  private Path javaHome;

  @BeforeEach
  void fakeJava() throws IOException {
    javaHome = directory.resolve("jdk");
    script(javaHome.resolve("bin").resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Path launcher = directory.resolve("home").resolve("bin").resolve("farpool");
    script(launcher, Files.readString(SCRIPT));
    Files.createSymbolicLink(directory.resolve("link"), launcher);
  }

  @Test
  void passesArgumentsAsTheyAre() throws Exception {
    release("17.0.9");

    List<String> arguments = run(0, "exec", "--", "echo", "two words", "");

    int main = arguments.indexOf("dev.farpool.cli.Farpool");
    assertEquals(
        List.of("exec", "--", "echo", "two words", ""),
        arguments.subList(main + 1, arguments.size()));
  }

  @Test
  void findsItsHomeThroughALink() throws Exception {
    release("21");

    List<String> arguments = run(0, "status");

    Path home = directory.resolve("home").toRealPath();
    assertTrue(arguments.contains("-Dfarpool.home=" + home), arguments::toString);
  }

  @Test
  void staysWithItsVersionWhenALinkToItIsSetToTheNext() throws Exception {
    release("21");
    Path current = directory.resolve("current");
    Files.createSymbolicLink(current, directory.resolve("home"));

    List<String> arguments = run(0, current.resolve("bin").resolve("farpool"), "worker");

    Path home = directory.resolve("home").toRealPath();
    assertTrue(arguments.contains(home + "/lib/*"), arguments::toString);
  }

  @Test
  void theArchiveOfClassesIsSharedWhereThereIsOne() throws Exception {
    release("17.0.9");
    Path archive = directory.resolve("home").toRealPath().resolve("farpool.jsa");
    String option = "-XX:SharedArchiveFile=" + archive;

    List<String> without = run(0, "status");
    Files.createFile(archive);
    List<String> with = run(0, "status");

    assertFalse(without.contains(option), without::toString);
    assertTrue(with.contains(option), with::toString);
  }

  @Test
  void serversTakeNoSerializedObjects() throws Exception {
    release("17.0.9");

    String option = "-Djdk.serialFilter=";
    for (String server : List.of("worker", "coordinator")) {
      String filter =
          run(0, server).stream().filter(each -> each.startsWith(option)).findFirst().orElseThrow();

      assertRefusesEverything(filter.substring(option.length()));
    }
  }

  private static void assertRefusesEverything(String filter) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ArrayList<>());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(filter));

      assertThrows(InvalidClassException.class, in::readObject);
    }
  }

  @Test
  void oldJavaIsRefusedByName() throws Exception {
    release("11.0.2");

    List<String> message = run(2, "status");

    assertEquals(1, message.size(), message::toString);
    assertTrue(
        message.get(0).startsWith("farpool: Java 17 or newer is needed, but " + javaHome),
        message::toString);
  }

  @Test
  void wrongJavaHomeIsToldByName() throws Exception {
    Files.delete(javaHome.resolve("bin").resolve("java"));

    assertTrue(run(2, "status").get(0).contains("JAVA_HOME is " + javaHome));
  }

  private void release(String version) throws IOException {
    Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void script(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertTrue(path.toFile().setExecutable(true));
  }

  private List<String> run(int exitCode, String... arguments) throws Exception {
    return run(exitCode, directory.resolve("link"), arguments);
  }

  private List<String> run(int exitCode, Path launcher, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(exitCode, process.exitValue(), output);
    return List.of(output.split("\n", -1)).subList(0, output.split("\n", -1).length - 1);
  }
}
