package dev.farpool.coordinator.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private static final Principal ALICE = new Principal("alice", Role.CLIENT);

  @TempDir Path directory;
  private final List<String> complaints = new ArrayList<>();
  private Path path;
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private long nanos;

  @BeforeEach
  void name() {
    path = directory.resolve("tokens");
  }

  private TokenFile open() throws IOException {
    return new TokenFile(path, () -> now, () -> nanos, complaints::add);
  }

  private String add(Principal principal, Optional<Instant> expires) throws IOException {
    String token = TokenEntry.draw(new SecureRandom());
    TokenFile.add(path, TokenEntry.of(token, principal, expires));
    return token;
  }

  private void pause() {
    nanos += Duration.ofMillis(100).toNanos();
  }

  @Test
  void aTokenIsItsOwnersAndNobodyElseHasOne() throws IOException {
    String token = add(ALICE, Optional.empty());
    String other = add(new Principal("w1", Role.WORKER), Optional.empty());
    TokenFile file = open();

    assertEquals(Optional.of(ALICE), file.ofToken(token));
    assertEquals(Optional.of(new Principal("w1", Role.WORKER)), file.ofToken(other));
    assertEquals(Optional.empty(), file.ofToken(token + "x"));
    assertEquals(Optional.empty(), file.ofToken(""));
  }

  @Test
  void theFileHoldsNoTokenAndOnlyItsOwnerCanReadIt() throws IOException {
    String token = add(ALICE, Optional.empty());

    assertFalse(Files.readString(path).contains(token));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void aFileThatOthersCanReadIsRefusedWithTheCommandThatHelps() throws IOException {
    add(ALICE, Optional.empty());
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

    IOException refusal = assertThrows(IOException.class, this::open);

    assertTrue(refusal.getMessage().endsWith("run: chmod 600 " + path), refusal.getMessage());
  }

  @Test
  void whatIsAddedAndRevokedCountsWithoutARestart() throws IOException {
    String first = add(ALICE, Optional.empty());
    TokenFile file = open();
    String second = add(ALICE, Optional.empty());
    assertEquals(Optional.empty(), file.ofToken(second));

    pause();
    assertEquals(Optional.of(ALICE), file.ofToken(second));
    TokenFile.add(path, TokenEntry.of(first, ALICE, Optional.empty()).asRevoked());
    pause();

    assertEquals(Optional.empty(), file.ofToken(first));
    assertEquals(Optional.of(ALICE), file.ofToken(second));
    assertEquals(2, TokenFile.entries(path).size());
  }

  @Test
  void aTokenEndsAtItsTime() throws IOException {
    String token = add(ALICE, Optional.of(now.plusSeconds(60)));
    TokenFile file = open();

    now = now.plusSeconds(59);
    assertEquals(Optional.of(ALICE), file.ofToken(token));
    now = now.plusSeconds(1);
    assertEquals(Optional.empty(), file.ofToken(token));
  }

  @Test
  void aBrokenLineIsNamedAndLeavesInForceWhatWasThere() throws IOException {
    String token = add(ALICE, Optional.empty());
    TokenFile file = open();

    Files.writeString(path, "bob client\n", StandardOpenOption.APPEND);
    pause();

    assertEquals(Optional.of(ALICE), file.ofToken(token));
    assertEquals(1, complaints.size());
    assertTrue(complaints.get(0).startsWith(path + ", line 2: must be NAME"), complaints.get(0));
    assertThrows(IOException.class, this::open);
  }
}
