package dev.farpool.common.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may write and that not everybody may read. */
public final class SecretFiles {
  /** A group may read: that is how orchestrators hand secrets to processes. */
  private static final Set<PosixFilePermission> TOO_OPEN =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private SecretFiles() {}

  /**
   * Refuses a file that is not kept secret. Where there are no POSIX permissions nothing is
   * refused.
   *
   * @throws IOException if it is not there or too open; the message says what to do
   */
  public static void check(Path file) throws IOException {
    Set<PosixFilePermission> permissions;
    try {
      permissions = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException noPosix) {
      return;
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no file " + file, missing);
    }
    Set<PosixFilePermission> wrong = EnumSet.copyOf(TOO_OPEN);
    wrong.retainAll(permissions);
    if (!wrong.isEmpty()) {
      throw new IOException(
          file
              + " holds secrets, but its mode is "
              + PosixFilePermissions.toString(permissions)
              + "; run: chmod 600 "
              + file);
    }
  }

  /**
   * Reads a file of text that is kept secret.
   *
   * @throws IOException if it cannot be read or is not kept secret
   */
  static String read(Path file) throws IOException {
    check(file);
    return Files.readString(file, US_ASCII);
  }

  /**
   * Adds to the end of a file in one write, so that several processes can do so; the file is made
   * if it is not there.
   *
   * @throws IOException if it cannot be written to
   */
  public static void append(Path file, String text) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            OWNER_ONLY)) {
      out.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
      out.force(true);
    }
  }

  /**
   * Puts a file in the place of the one that is there, so that nobody reads half of it.
   *
   * @throws IOException if it cannot be written
   */
  public static void replace(Path file, String text) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path part = Files.createTempFile(absolute.getParent(), ".farpool", ".part", OWNER_ONLY);
    try {
      Files.writeString(part, text, US_ASCII);
      Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
