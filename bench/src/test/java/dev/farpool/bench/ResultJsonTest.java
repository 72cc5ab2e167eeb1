package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultJsonTest {
  @TempDir Path directory;

  @Test
  void readsWhatItWrote() throws IOException {
    BenchResult result = Results.of(2, Results.rate("noop", 10.5, 8, 12));

    assertEquals(result, ResultJson.read(file(ResultJson.of(result))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "root:x:0:0",
        "[1]",
        "{}",
        "{\"figures\": []}",
        "{\"format\": \"farpool-bench-1\", \"figures\": 3}",
        "{\"format\": \"farpool-bench-1\", \"figures\": [null]}",
      })
  void anythingElseIsRefusedByName(String text) throws IOException {
    Path file = file(text);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ResultJson.read(file));

    assertEquals(
        file + " is no result of farpool bench --json of this version", refused.getMessage());
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = Files.write(directory.resolve("result.json"), new byte[] {(byte) 0xff, 0});

    assertThrows(IllegalArgumentException.class, () -> ResultJson.read(file));
  }

  @Test
  void missingFileIsRefusedByName() {
    Path file = directory.resolve("missing.json");

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ResultJson.read(file));

    assertEquals("there is no file " + file, refused.getMessage());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("result.json"), text);
  }
}
