package dev.farpool.cli.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a host needs to run workers of this version.
 *
 * @param home where it is here
 * @param name of its directory there, made of what it holds: the same name is the same content
 * @param bytes how many there are to copy
 */
public record Distribution(Path home, String name, long bytes) {
  private static final List<String> PARTS = List.of("bin", "lib");
  private static final int DIGITS = 16;

  /**
   * The one at this place.
   *
   * @throws IOException if it cannot be read
   */
  public static Distribution at(Path home, String version) throws IOException {
    MessageDigest digest = sha256();
    long bytes = 0;
    for (String part : PARTS) {
      for (Path file : files(home.resolve(part))) {
        byte[] content = Files.readAllBytes(file);
        digest.update((home.relativize(file) + "\0" + content.length + "\0").getBytes(UTF_8));
        digest.update(content);
        bytes += content.length;
      }
    }
    String hex = HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    return new Distribution(home, "farpool-" + version + "-" + hex, bytes);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The command that writes it as an archive to its standard output. */
  List<String> pack() {
    return List.of("tar", "-C", home.toString(), "-cf", "-", PARTS.get(0), PARTS.get(1));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
