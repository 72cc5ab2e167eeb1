package dev.farpool.cli;

import dev.farpool.cli.map.InputLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where {@code farpool map} reads its lines, and what ends them. */
final class LinesOption {
  @Option(
      names = {"-a", "--arg-file"},
      paramLabel = "FILE",
      description = "Read lines from this file (default: standard input).")
  private Path file;

  @Option(
      names = {"-0", "--null"},
      fallbackValue = "true",
      description = "Lines end with a NUL character, as those of find -print0.")
  private boolean nul;

  /** What is done with the lines; gives the exit code. */
  interface Reader {
    /** Does it. */
    int read(InputLines lines) throws IOException, InterruptedException;
  }

  /**
   * Opens the input and lets it be read.
   *
   * @throws CommandException if there is no such file
   */
  int read(Reader reader) throws IOException, InterruptedException {
    char end = nul ? '\0' : '\n';
    if (file == null) {
      return reader.read(new InputLines(System.in, end)); // Not ours to close.
    }
    if (!Files.isReadable(file)) {
      throw CommandException.wrong("there is no file " + file + " to read");
    }
    try (InputStream input = Files.newInputStream(file)) {
      return reader.read(new InputLines(input, end));
    }
  }
}
