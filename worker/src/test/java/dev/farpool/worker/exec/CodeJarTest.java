package dev.farpool.worker.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.farpool.executor.LateCode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that stands for a pool's code where a spare expects it. */
class CodeJarTest {
  @TempDir Path temp;

  private Path part(String name, String... entries) throws IOException {
    Path part = temp.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(name.getBytes(UTF_8));
      }
    }
    return part;
  }

  @Test
  void theSpareFindsThePartsInTheirOrder() throws IOException {
    Path pool = Files.createDirectory(temp.resolve("a pool"));
    List<Path> parts = List.of(part("0-a b%20.jar", "x", "y"), part("1-ü.jar", "y", "z"));
    ChildExecutor spare = new ChildExecutor(1, "mark", Files.createDirectory(temp.resolve("1")));

    CodeJar.write(pool, parts, parts);
    LateClassPath late = CodeJar.bring(spare, pool);

    String tail = File.pathSeparator + parts.get(0) + File.pathSeparator + parts.get(1);
    assertTrue(late.classPath().endsWith(tail), late.classPath());
    assertEquals(parts.stream().map(Path::toString).toList(), late.jars());
    URL[] path = {spare.code().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      assertNotNull(loader.getResource(LateCode.MARK));
      assertHolds("0-a b%20.jar", loader, "x");
      assertHolds("0-a b%20.jar", loader, "y");
      assertHolds("1-ü.jar", loader, "z");
    }
  }

  private static void assertHolds(String part, ClassLoader loader, String entry)
      throws IOException {
    try (InputStream in = loader.getResourceAsStream(entry)) {
      assertArrayEquals(part.getBytes(UTF_8), in.readAllBytes());
    }
  }
}
