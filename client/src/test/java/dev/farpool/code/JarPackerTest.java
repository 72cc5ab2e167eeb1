package dev.farpool.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarPackerTest {
  @TempDir Path directory;

  private Path tree(String name, List<String> files, long time) throws IOException {
    Path root = directory.resolve(name);
    for (String file : files) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "content of " + file);
      Files.setLastModifiedTime(path, FileTime.fromMillis(time));
    }
    return root;
  }

  @Test
  void theSameFilesGiveTheSameBytes() throws IOException {
    Path one = tree("one", List.of("b/B.class", "A.class", "b.txt"), 1_000_000);
    Path other = tree("other", List.of("A.class", "b.txt", "b/B.class"), 2_000_000_000);
    assertArrayEquals(JarPacker.pack(one), JarPacker.pack(other));
  }

  @Test
  void allFilesAreThereInOrder() throws IOException {
    Path root = tree("tree", List.of("z/Z.class", "A.class"), 0);
    List<String> seen = new ArrayList<>();
    try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(JarPacker.pack(root)))) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        seen.add(entry.getName() + "=" + new String(jar.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertEquals(List.of("A.class=content of A.class", "z/Z.class=content of z/Z.class"), seen);
  }
}
