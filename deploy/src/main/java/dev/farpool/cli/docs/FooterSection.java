package dev.farpool.cli.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of what stands at the end of a help text.
 *
 * @param title without its colon; empty if it has none
 * @param lines those that are indented are to be shown as they are
 */
record FooterSection(String title, List<String> lines) {
  /** Cuts a footer at its titles: lines of their own that end with a colon. */
  static List<FooterSection> all(String heading, List<String> footer) {
    List<FooterSection> sections = new ArrayList<>();
    FooterSection current = new FooterSection(withoutColon(heading.strip()), new ArrayList<>());
    for (String line : footer) {
      if (isTitle(line)) {
        addUnlessEmpty(sections, current);
        current = new FooterSection(withoutColon(line), new ArrayList<>());
      } else {
        current.lines.add(line);
      }
    }
    addUnlessEmpty(sections, current);
    return sections;
  }

  private static void addUnlessEmpty(List<FooterSection> sections, FooterSection section) {
    if (section.lines.stream().anyMatch(line -> !line.isBlank())) {
      sections.add(section);
    }
  }

  private static boolean isTitle(String line) {
    return line.endsWith(":") && !line.startsWith(" ");
  }

  private static String withoutColon(String line) {
    return line.endsWith(":") ? line.substring(0, line.length() - 1) : line;
  }
}
