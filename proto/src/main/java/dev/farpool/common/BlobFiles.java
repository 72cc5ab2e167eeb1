package dev.farpool.common;

import com.google.protobuf.ByteString;
import dev.farpool.v1.BlobRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A directory of blobs, each in a file named by its SHA-256: {@code ab/cdef…}.
 *
 * <p>A file is there whole or not at all: it is written beside its place, checked, and moved in.
 * Several processes may share a directory. Thread-safe.
 */
public final class BlobFiles {
  private static final int BUFFER = 256 * 1024;

  private final Path directory;

  /**
   * @param directory is made when the first blob is written
   */
  public BlobFiles(Path directory) {
    this.directory = directory;
  }

  /** Whether the blob is there, of the size its name says. */
  public boolean contains(BlobRef blob) {
    try {
      return Files.size(path(blob)) == blob.getSize();
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Where the blob is or would be. */
  public Path path(BlobRef blob) {
    String name = hex(blob);
    return directory.resolve(name.substring(0, 2)).resolve(name.substring(2));
  }

  /**
   * Lets a file stand in for a blob without a copy. It must not change as long as it does.
   *
   * @throws IOException if the link cannot be made
   */
  public void adopt(BlobRef blob, Path file) throws IOException {
    Path place = path(blob);
    if (!Files.exists(place)) {
      Files.createDirectories(place.getParent());
      Path link = Files.createTempDirectory(directory, "adopt").resolve("link");
      Files.createSymbolicLink(link, file.toAbsolutePath());
      moveIn(link, place);
      Files.delete(link.getParent());
    }
  }

  /**
   * Begins to write a blob.
   *
   * @throws IOException if the directory cannot be written to
   */
  public Writer write(BlobRef blob) throws IOException {
    Files.createDirectories(directory);
    return new Writer(blob, Files.createTempFile(directory, "incoming", ".part"));
  }

  /** The SHA-256 as text, for names and messages. */
  public static String hex(BlobRef blob) {
    return HexFormat.of().formatHex(blob.getSha256().toByteArray());
  }

  /** The name of these bytes. */
  public static BlobRef refOf(byte[] bytes) {
    return ref(sha256().digest(bytes), bytes.length);
  }

  /**
   * The name of what a file holds.
   *
   * @throws IOException if it cannot be read
   */
  public static BlobRef refOf(Path file) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        size += read;
      }
    }
    return ref(digest.digest(), size);
  }

  private static BlobRef ref(byte[] sha256, long size) {
    return BlobRef.newBuilder().setSha256(ByteString.copyFrom(sha256)).setSize(size).build();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static void moveIn(Path part, Path place) throws IOException {
    Files.createDirectories(place.getParent());
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes one blob. {@link #commit} puts it in its place; {@link #close} drops what is left. */
  public final class Writer implements AutoCloseable {
    private final BlobRef expected;
    private final Path part;
    private final MessageDigest digest = sha256();
    private final OutputStream out;
    private long written;

    private Writer(BlobRef expected, Path part) throws IOException {
      this.expected = expected;
      this.part = part;
      this.out = new DigestOutputStream(Files.newOutputStream(part), digest);
    }

    /**
     * Adds the next bytes.
     *
     * @throws BlobMismatchException if they are more than the blob has
     * @throws IOException if they cannot be written
     */
    public void append(ByteString bytes) throws IOException {
      written += bytes.size();
      if (written > expected.getSize()) {
        throw new BlobMismatchException("blob.size is " + expected.getSize() + ", more came");
      }
      bytes.writeTo(out);
    }

    /** How many bytes are written so far. */
    public long written() {
      return written;
    }

    /**
     * Checks the bytes and puts the blob in its place.
     *
     * @throws BlobMismatchException if they are not the blob's
     * @throws IOException if the file cannot be completed
     */
    public void commit() throws IOException {
      out.close();
      BlobRef actual = ref(digest.digest(), written);
      if (!actual.equals(expected)) {
        throw new BlobMismatchException(
            String.format(
                "blob.sha256 is %s with %d bytes, but the bytes have %s with %d",
                hex(expected), expected.getSize(), hex(actual), written));
      }
      try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
        file.force(true);
      }
      moveIn(part, path(expected));
    }

    @Override
    public void close() {
      try {
        out.close();
        Files.deleteIfExists(part);
      } catch (IOException leftOver) {
        throw new UncheckedIOException("cannot delete " + part, leftOver);
      }
    }
  }

  /** The bytes that came are not those of the blob. */
  public static final class BlobMismatchException extends IOException {
    BlobMismatchException(String message) {
      super(message);
    }
  }
}
