package dev.farpool.cli.docs;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** All commands on one page of Markdown. */
public final class MarkdownReference {
  private final StringBuilder out = new StringBuilder();

  private MarkdownReference() {}

  /**
   * The page.
   *
   * @param refresh the command that writes it again
   */
  public static String of(CommandLine command, String refresh) {
    MarkdownReference page = new MarkdownReference();
    page.line("<!-- Made from the command itself by: " + refresh + " -->");
    page.line("# The command line");
    CommandPage.all(command).forEach(page::add);
    return page.out.toString();
  }

  private void add(CommandPage page) {
    line("");
    line("## " + page.name());
    paragraph(page.header());
    code(List.of(page.synopsis()));
    text(page.description());
    table("parameter", "meaning", page.parameters());
    table("option", "meaning", page.options());
    if (!page.commands().isEmpty()) {
      commands(page.commands());
    }
    for (FooterSection section : page.sections()) {
      if (!section.title().isEmpty()) {
        paragraph(section.title() + ":");
      }
      text(section.lines());
    }
  }

  private void text(List<String> lines) {
    for (Blocks.Block block : Blocks.of(lines)) {
      if (block.isVerbatim()) {
        code(block.lines());
      } else {
        paragraph(block.text());
      }
    }
  }

  private void table(String label, String meaning, List<CommandPage.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    head(label, meaning);
    for (CommandPage.Entry entry : entries) {
      line("| `" + cell(entry.label()) + "` | " + cell(escaped(entry.meaning())) + " |");
    }
  }

  private void commands(List<CommandPage.Entry> entries) {
    head("command", "does");
    for (CommandPage.Entry entry : entries) {
      String anchor = entry.label().toLowerCase(Locale.ROOT).replace(' ', '-');
      String link = "[`" + entry.label() + "`](#" + anchor + ")";
      line("| " + link + " | " + cell(escaped(entry.meaning())) + " |");
    }
  }

  private void head(String left, String right) {
    line("");
    line("| " + left + " | " + right + " |");
    line("|---|---|");
  }

  private void paragraph(String text) {
    line("");
    line(escaped(text));
  }

  private void code(List<String> lines) {
    line("");
    line("```sh");
    lines.forEach(this::line);
    line("```");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
