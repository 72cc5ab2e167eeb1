package dev.farpool.cli.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/** A manual page for each command, in the language of {@code man}. */
public final class ManPages {
  private ManPages() {}

  /**
   * The pages by file name.
   *
   * @param version of the command
   */
  public static Map<String, String> of(CommandLine command, String version) {
    List<CommandPage> commands = CommandPage.all(command);
    Map<String, String> pages = new LinkedHashMap<>();
    for (CommandPage page : commands) {
      pages.put(name(page.name()) + ".1", page(page, commands.get(0), version));
    }
    return pages;
  }

  private static String page(CommandPage page, CommandPage root, String version) {
    Roff roff = new Roff(name(page.name()).toUpperCase(Locale.ROOT), "farpool " + version);
    roff.section("Name").text(name(page.name()) + " - " + page.header());
    roff.section("Synopsis").bold(page.synopsis());
    if (!page.description().isEmpty()) {
      blocks(roff.section("Description"), page.description());
    }
    entries(roff, "Parameters", page.parameters());
    entries(roff, "Options", page.options());
    entries(roff, "Commands", page.commands());
    for (FooterSection section : page.sections()) {
      blocks(roff.section(section.title().isEmpty() ? "Notes" : section.title()), section.lines());
    }
    if (page != root) {
      String hint = " for the options of all commands, for environment and configuration file.";
      roff.section("See also").reference(name(root.name()), hint);
    }
    return roff.toString();
  }

  private static void entries(Roff roff, String title, List<CommandPage.Entry> entries) {
    if (!entries.isEmpty()) {
      roff.section(title);
      entries.forEach(entry -> roff.entry(entry.label(), entry.meaning()));
    }
  }

  private static void blocks(Roff roff, List<String> lines) {
    for (Blocks.Block block : Blocks.of(lines)) {
      if (block.isVerbatim()) {
        roff.verbatim(block.lines());
      } else {
        roff.text(block.text());
      }
    }
  }

  private static String name(String command) {
    return command.replace(' ', '-');
  }
}
