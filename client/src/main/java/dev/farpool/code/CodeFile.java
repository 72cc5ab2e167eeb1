package dev.farpool.code;

import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One jar of the class path: a file as it is, or a directory packed in memory. Immutable. */
public final class CodeFile {
  private final String name;
  private final BlobRef blob;
  private final Path file;
  private final byte[] packed;

  private CodeFile(String name, BlobRef blob, Path file, byte[] packed) {
    this.name = name;
    this.blob = blob;
    this.file = file;
    this.packed = packed;
  }

  static CodeFile jar(Path file) throws IOException {
    return new CodeFile(
        file.getFileName().toString(), BlobFiles.refOf(file), file.toAbsolutePath(), null);
  }

  static CodeFile directory(Path directory) throws IOException {
    byte[] packed = JarPacker.pack(directory);
    Path name = directory.getFileName();
    return new CodeFile(
        (name == null ? "classes" : name) + ".jar", BlobFiles.refOf(packed), null, packed);
  }

  /** For people and stack traces. */
  public String name() {
    return name;
  }

  /** What it is named by. */
  public BlobRef blob() {
    return blob;
  }

  /** The file, where it is one. */
  public Optional<Path> jar() {
    return Optional.ofNullable(file);
  }

  /**
   * Its bytes.
   *
   * @throws IOException if the file cannot be read
   */
  public InputStream open() throws IOException {
    return packed == null ? Files.newInputStream(file) : new ByteArrayInputStream(packed);
  }
}
