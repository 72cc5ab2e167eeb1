package dev.farpool.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  @TempDir Path directory;

  private Path jar(String name, String classPath) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!classPath.isEmpty()) {
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    }
    Path jar = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest)) {
      packed.finish();
    }
    return jar;
  }

  @Test
  void theManifestsClassPathCountsAndMissingPartsDoNot() throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    Path library = jar("library.jar", "main.jar");
    Path main = jar("main.jar", "library.jar missing.jar " + classes.toUri());
    assertEquals(
        List.of(main, library, classes),
        ClassPath.of(List.of(main, directory.resolve("nothing"))).entries());
  }

  @Test
  void jarsAreReadOnceAndStayAsTheyAre() throws IOException {
    Path jar = jar("one.jar", "");
    CodeFile first = ClassPath.of(List.of(jar)).files().get(0);
    assertSame(first, ClassPath.of(List.of(jar)).files().get(0));
    assertEquals(Files.size(jar), first.blob().getSize());
    assertEquals("one.jar", first.name());
  }

  @Test
  void filesThatAreNoJarsAreShippedAsTheyAre() throws IOException {
    Path text = Files.writeString(directory.resolve("text.txt"), "no jar");
    assertEquals(List.of(text), ClassPath.of(List.of(text)).entries());
  }

  @Test
  void directoryOfModulesStandsForItsModules() throws IOException {
    Path jar = Files.createFile(directory.resolve("a.jar"));
    Path exploded = Files.createDirectory(directory.resolve("b"));
    Files.createFile(exploded.resolve("module-info.class"));
    Files.createFile(directory.resolve("notes.txt"));

    assertEquals(List.of(jar, exploded), ClassPath.modules(directory));
    assertEquals(List.of(exploded), ClassPath.modules(exploded));
    assertEquals(List.of(jar), ClassPath.modules(jar));
  }
}
