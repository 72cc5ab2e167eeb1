package dev.farpool.coordinator.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.farpool.common.security.SecretFiles;
import dev.farpool.common.security.WatchedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The tokens that are known to a coordinator, one a line. Lines are only ever added: of several for
 * one token the last one counts, so that a token is revoked by one write. Thread-safe.
 */
public final class TokenFile implements Authenticator {
  /** Less than a command takes to start: who has made a token can use it. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final WatchedFiles<Collection<TokenEntry>> file;
  private final InstantSource wallClock;

  /**
   * Reads the file, and again when it has changed.
   *
   * @param wallClock tells which tokens have expired
   * @param nanoTime nanoseconds on a clock that never goes back
   * @param complaints is told why a later change could not be read
   * @throws IOException if it cannot be read or is not kept secret
   */
  public TokenFile(
      Path path, InstantSource wallClock, LongSupplier nanoTime, Consumer<String> complaints)
      throws IOException {
    this.wallClock = wallClock;
    this.file = new WatchedFiles<>(List.of(path), () -> entries(path), PAUSE, nanoTime, complaints);
  }

  /** Each is looked at, whatever was found, so that time tells nothing. */
  @Override
  public Optional<Principal> ofToken(String token) {
    byte[] digest = TokenEntry.digest(token).getBytes(US_ASCII);
    TokenEntry found = null;
    for (TokenEntry entry : file.get()) {
      if (MessageDigest.isEqual(entry.sha256().getBytes(US_ASCII), digest)) {
        found = entry;
      }
    }
    return Optional.ofNullable(found)
        .filter(entry -> entry.isValid(wallClock.instant()))
        .map(TokenEntry::principal);
  }

  /**
   * All tokens of a file, the oldest first, each as it is now.
   *
   * @throws IOException if it cannot be read, is not kept secret, or a line is malformed
   */
  public static Collection<TokenEntry> entries(Path path) throws IOException {
    SecretFiles.check(path);
    Map<String, TokenEntry> entries = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(path, US_ASCII);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        TokenEntry entry = TokenEntry.parse(line);
        entries.put(entry.sha256(), entry);
      } catch (IllegalArgumentException malformed) {
        throw new IOException(
            path + ", line " + (i + 1) + ": " + malformed.getMessage(), malformed);
      }
    }
    return entries.values();
  }

  /**
   * Adds a token, or the new state of one that is there.
   *
   * @throws IOException if the file cannot be written to
   */
  public static void add(Path path, TokenEntry entry) throws IOException {
    SecretFiles.append(path, entry.line() + "\n");
  }
}
