package dev.farpool.cli.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

class CommandPageTest {
  @Command(
      name = "tool",
      header = "Does things.",
      mixinStandardHelpOptions = true,
      scope = ScopeType.INHERIT,
      subcommands = {Copy.class, Secret.class})
  static final class Tool {
    @Option(names = "--config", scope = ScopeType.INHERIT, description = "A file.")
    private Path config;
  }

  @Command(
      name = "copy",
      header = "Copies <files>.",
      description = {"At most 10%% more.", "", "  .as it is\\"},
      footerHeading = "%nExit code:%n",
      footer = {"  0 fine", "With a | of its own.", "Examples:", "  tool copy -n 3 a"})
  static final class Copy {
    @Option(
        names = {"-n", "--times"},
        paramLabel = "N",
        defaultValue = "2",
        description = "How often (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--internal", hidden = true)
    private boolean internal;

    @Parameters(paramLabel = "FILE", description = "What to copy.")
    private Path file;
  }

  @Command(name = "secret", hidden = true)
  static final class Secret {}

  private final CommandLine command = new CommandLine(new Tool());

  @Test
  void subcommandsHaveTheOptionsThatAreTheirsAlone() {
    List<CommandPage> pages = CommandPage.all(command);

    assertEquals(List.of("tool", "tool copy"), pages.stream().map(CommandPage::name).toList());
    assertEquals(
        List.of("--config=<config>", "-V, --version", "-h, --help"),
        pages.get(0).options().stream().map(CommandPage.Entry::label).sorted().toList());
    assertEquals(
        List.of(new CommandPage.Entry("-n, --times=N", "How often (default: 2).")),
        pages.get(1).options());
  }

  @Test
  void footerIsCutAtItsTitles() {
    assertEquals(
        List.of(
            new FooterSection("Exit code", List.of("  0 fine", "With a | of its own.")),
            new FooterSection("Examples", List.of("  tool copy -n 3 a"))),
        CommandPage.all(command).get(1).sections());
  }

  @Test
  void markdownShowsWhatWasMeant() {
    String page = MarkdownReference.of(command, "make docs");

    assertTrue(page.startsWith("<!-- Made from the command itself by: make docs -->\n"), page);
    assertTrue(page.contains("| [`tool copy`](#tool-copy) | Copies &lt;files>. |"), page);
    assertTrue(page.contains("\nAt most 10% more.\n\n```sh\n.as it is\\\n```\n"), page);
    assertFalse(page.contains("secret"), page);
  }

  @Test
  void manualPageHoldsNothingThatManTakesForARequest() {
    String page = ManPages.of(command, "1.0").get("tool-copy.1");

    assertTrue(page.contains(".TH \"TOOL\\-COPY\" 1 \"\" \"farpool 1.0\" \"Farpool\"\n"), page);
    assertTrue(page.contains("\n.nf\n\\&.as it is\\e\n.fi\n"), page);
    assertTrue(page.contains(".TP\n\\fB\\-n, \\-\\-times=N\\fR\nHow often (default: 2).\n"), page);
  }
}
