package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.farpool.cli.docs.MarkdownReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/cli.md to the command, from which it is made. */
class CliDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/cli.md");
  private static final String REFRESH =
      "mvn -q -DskipLint test -pl deploy -am -Dtest=CliDocumentTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dfarpool.docs=write";

  @Test
  void documentSaysWhatTheCommandSays() throws IOException {
    String made = MarkdownReference.of(Farpool.commandLine(new Farpool()), REFRESH);
    if ("write".equals(System.getProperty("farpool.docs"))) {
      Files.writeString(DOCUMENT, made);
    }

    String found = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
    assertEquals(made, found, () -> "docs/cli.md is not up to date; write it with: " + REFRESH);
  }
}
