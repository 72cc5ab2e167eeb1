package dev.farpool.cli.docs;

import java.util.ArrayList;
import java.util.List;

/** Lines of a help text, gathered into paragraphs and into what is shown as it is. */
final class Blocks {
  /**
   * Lines that belong together.
   *
   * @param isVerbatim whether they are to be shown as they are; else they are one paragraph
   */
  record Block(boolean isVerbatim, List<String> lines) {
    /** As one line. */
    String text() {
      return String.join(" ", lines);
    }
  }

  private Blocks() {}

  /** A line without indentation is a paragraph; indented ones are shown as they are. */
  static List<Block> of(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    Block open = null;
    for (String line : lines) {
      boolean verbatim = line.startsWith(" ");
      if (line.isBlank()) {
        open = null;
      } else if (verbatim && open != null) {
        open.lines().add(line.strip());
      } else {
        Block block = new Block(verbatim, new ArrayList<>(List.of(line.strip())));
        blocks.add(block);
        open = verbatim ? block : null;
      }
    }
    return blocks;
  }
}
