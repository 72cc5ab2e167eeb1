package dev.farpool.coordinator.fuzz;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scripts in the resources, where people write them and findings are kept. */
final class KeptScripts {
  private KeptScripts() {}

  static Stream<Message> all() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return List.copyOf(files.sorted().toList()).stream().map(KeptScripts::read);
    }
  }

  private static Path directory() {
    try {
      return Path.of(KeptScripts.class.getResource("scripts").toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Message read(Path file) {
    try {
      return Scripts.parse(Files.readString(file));
    } catch (IOException broken) {
      throw new UncheckedIOException(file.getFileName() + ": " + broken.getMessage(), broken);
    }
  }
}
