package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our jars as other builds see them: as modules, and made of nothing but the sources. */
@Timeout(60)
class ModulesIT {
  private static final Path LIB = Path.of(System.getProperty("farpool.distribution"), "lib");
  private static final String JAVA_HOME = System.getProperty("java.home");

  /** The property project.build.outputTimestamp. */
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private static final String DESCRIPTOR =
      """
      module program {
        requires dev.farpool;
        exports program;
      }
      """;

  private static final String PROGRAM =
      """
      package program;

      public class Program {
        public static void main(String[] arguments) throws Exception {
          dev.farpool.Pool pool = new dev.farpool.Pool(1);
          String module = dev.farpool.Pool.class.getModule().getName();
          System.out.println(module + " " + pool.apply(Program::twice, 21));
          pool.close();
          pool.join();
        }

        static int twice(int number) {
          return 2 * number;
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void everyJarHasTheNameOfItsModule() throws IOException {
    Map<String, String> names = new TreeMap<>();
    for (Path jar : ours()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        String name = jar.getFileName().toString().replaceFirst("-\\d.*", "");
        names.put(name, file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
      }
    }

    assertEquals(
        Map.of(
            "farpool", "dev.farpool.local",
            "farpool-bench", "dev.farpool.bench",
            "farpool-client", "dev.farpool",
            "farpool-coordinator", "dev.farpool.coordinator",
            "farpool-deploy", "dev.farpool.cli",
            "farpool-examples", "dev.farpool.examples",
            "farpool-executor", "dev.farpool.executor",
            "farpool-proto", "dev.farpool.proto",
            "farpool-worker", "dev.farpool.worker"),
        names);
  }

  @Test
  void noPackageIsInTwoJars() throws IOException {
    Map<String, Path> owners = new TreeMap<>();
    List<String> split = new ArrayList<>();
    for (Path jar : ours()) {
      for (String name : packages(jar)) {
        Path other = owners.put(name, jar);
        if (other != null) {
          split.add(name + " in " + other.getFileName() + " and " + jar.getFileName());
        }
      }
    }

    assertEquals(List.of(), split);
  }

  @Test
  void everyEntryHasTheTimeOfTheSources() throws IOException {
    for (Path jar : ours()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        List<String> others =
            file.stream()
                .filter(entry -> !entry.getTimeLocal().equals(TIME))
                .map(JarEntry::getName)
                .toList();
        assertEquals(List.of(), others, jar::toString);
      }
    }
  }

  @Test
  void programThatIsAModuleUsesThePool() throws Exception {
    Path descriptor = Files.writeString(directory.resolve("module-info.java"), DESCRIPTOR);
    Path program = directory.resolve("program").resolve("Program.java");
    Files.createDirectories(program.getParent());
    Files.writeString(program, PROGRAM);
    Path classes = directory.resolve("classes");

    run("javac", "-p", LIB.toString(), "-d", classes.toString(), descriptor + "", program + "");
    String path = LIB + ":" + classes;
    String[] all = {"--add-modules", "ALL-MODULE-PATH"};
    String output = run("java", all[0], all[1], "-p", path, "-m", "program/program.Program");

    assertEquals("dev.farpool 42", output.strip());
  }

  private static List<Path> ours() throws IOException {
    try (Stream<Path> files = Files.list(LIB)) {
      return files.filter(file -> file.getFileName().toString().startsWith("farpool")).toList();
    }
  }

  private static TreeSet<String> packages(Path jar) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .forEach(name -> names.add(name.substring(0, name.lastIndexOf('/'))));
    }
    return names;
  }

  private static String run(String tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(JAVA_HOME, "bin", tool).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("FARPOOL_COORDINATOR");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(40, TimeUnit.SECONDS), () -> tool + " does not end");
    assertEquals(0, process.exitValue(), output);
    return output;
  }
}
