package dev.farpool.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a directory of classes into a jar. The same files give the same bytes, whenever and
 * wherever they are packed: sorted, with a fixed time, not compressed.
 */
final class JarPacker {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private JarPacker() {}

  static byte[] pack(Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      jar.setMethod(ZipOutputStream.STORED);
      for (Path file : files(directory)) {
        add(jar, entryName(directory, file), Files.readAllBytes(file));
      }
    }
    return bytes.toByteArray();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(Files::isRegularFile)
          .sorted((one, other) -> entryName(directory, one).compareTo(entryName(directory, other)))
          .toList();
    }
  }

  private static String entryName(Path directory, Path file) {
    return directory.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private static void add(ZipOutputStream jar, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(checksum.getValue());
    jar.putNextEntry(entry);
    jar.write(content);
    jar.closeEntry();
  }
}
