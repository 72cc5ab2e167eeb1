package dev.farpool.common.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @TempDir Path directory;
  private final List<String> complaints = new ArrayList<>();
  private long nanos;

  private WatchedFiles<String> watch(Path... files) throws IOException {
    return new WatchedFiles<>(
        List.of(files), () -> read(files), PAUSE, () -> nanos, complaints::add);
  }

  private static String read(Path... files) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(Files.readString(file));
    }
    return text.toString();
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    SecretFiles.replace(file, text);
    return file;
  }

  @Test
  void aChangeOfOneFileIsSeenAfterThePause() throws IOException {
    WatchedFiles<String> watched = watch(write("a", "1"), write("b", "1"));

    write("b", "2");
    assertEquals("11", watched.get());
    nanos += PAUSE.toNanos();
    assertEquals("12", watched.get());
    write("a", "3");
    nanos += PAUSE.toNanos();
    assertEquals("32", watched.get());
  }

  @Test
  void whatCannotBeReadIsToldOnceAndChangesNothing() throws IOException {
    Path file = write("a", "1");
    WatchedFiles<String> watched = watch(file);

    Files.delete(file);
    for (int i = 0; i < 3; i++) {
      nanos += PAUSE.toNanos();
      assertEquals("1", watched.get());
    }
    assertEquals(1, complaints.size(), complaints::toString);

    write("a", "2");
    nanos += PAUSE.toNanos();
    assertEquals("2", watched.get());
  }

  @Test
  void theFirstReadMustSucceed() {
    assertThrows(IOException.class, () -> watch(directory.resolve("nowhere")));
  }
}
