package dev.farpool.cli;

import com.google.gson.JsonParser;
import dev.farpool.cli.docs.ManPages;
import dev.farpool.cli.docs.ThirdParty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what the distribution has beside its jars; the build runs it. */
public final class Manual {
  private Manual() {}

  /**
   * Writes manual pages, the script for completion, and the list of licences.
   *
   * @param arguments the directory to write to, the version, the bill of materials
   * @throws IOException if that is missing, or something cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    CommandLine command = Farpool.commandLine(new Farpool());
    for (Map.Entry<String, String> page : ManPages.of(command, arguments[1]).entrySet()) {
      write(directory.resolve("share/man/man1").resolve(page.getKey()), page.getValue());
    }
    write(
        directory.resolve("share/bash-completion/completions/farpool"),
        AutoComplete.bash("farpool", command));
    String bill = billOfMaterials(Path.of(arguments[2]));
    write(
        directory.resolve("licenses/THIRD-PARTY.txt"),
        ThirdParty.of(JsonParser.parseString(bill).getAsJsonObject()));
  }

  private static String billOfMaterials(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new IOException(
          file + " is missing; Maven makes it online only: build without -o once");
    }
    return Files.readString(file);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
