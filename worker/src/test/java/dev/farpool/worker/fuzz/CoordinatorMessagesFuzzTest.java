package dev.farpool.worker.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.google.protobuf.TextFormat;
import dev.farpool.v1.AttachResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a coordinator sends, a broken or a newer one: the worker's state stays whole, and when
 * it has had enough it leaves in order and can work for another. Without {@code JAZZER_FUZZ=1} it
 * plays the messages that are kept: texts, with a line of {@code ---} between two messages.
 */
class CoordinatorMessagesFuzzTest {
  private static final int MOST_MESSAGES = 30;

  static Stream<Arguments> kept() throws IOException, URISyntaxException {
    Path directory = Path.of(CoordinatorMessagesFuzzTest.class.getResource("messages").toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList().stream().map(file -> Arguments.of(read(file)));
    }
  }

  private static List<AttachResponse> read(Path file) {
    try {
      List<AttachResponse> messages = new ArrayList<>();
      for (String text : Files.readString(file).split("\n---\n")) {
        messages.add(TextFormat.parse(text, AttachResponse.class));
      }
      return messages;
    } catch (IOException broken) {
      throw new UncheckedIOException(file.getFileName() + ": " + broken.getMessage(), broken);
    }
  }

  @MethodSource("kept")
  @FuzzTest
  void noCoordinatorBreaksAWorker(@NotNull List<@NotNull AttachResponse> messages)
      throws IOException {
    try (StagedWorker worker = new StagedWorker()) {
      for (int i = 0; i < Math.min(MOST_MESSAGES, messages.size()); i++) {
        if (!worker.hear(messages.get(i))) {
          break;
        }
        worker.pass(i * 100);
      }
      if (messages.stream().noneMatch(AttachResponse::hasDrain)) {
        worker.work(); // One that was asked to leave takes no more.
      }
    } catch (AssertionError found) {
      throw new AssertionError("the messages to be kept are:\n" + messages, found);
    }
  }
}
