package dev.farpool.cli;

import dev.farpool.coordinator.access.TokenEntry;
import dev.farpool.coordinator.access.TokenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The file that the commands on tokens work on. */
final class TokensOption {
  @Option(
      names = "--tokens",
      required = true,
      paramLabel = "FILE",
      description = "The file that the coordinator reads with --tokens.")
  private Path file;

  Path file() {
    return file;
  }

  /** What it holds; throws a {@link CommandException} if it cannot be read. */
  List<TokenEntry> entries() {
    try {
      return List.copyOf(TokenFile.entries(file));
    } catch (IOException unusable) {
      throw CommandException.failed(unusable.getMessage());
    }
  }

  /** Adds an entry; throws a {@link CommandException} if that is not possible. */
  void add(TokenEntry entry) {
    try {
      TokenFile.add(file, entry);
    } catch (IOException unusable) {
      throw CommandException.failed("cannot write to " + file + ": " + unusable);
    }
  }
}
