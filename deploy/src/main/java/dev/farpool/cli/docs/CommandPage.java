package dev.farpool.cli.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What there is to say of one command.
 *
 * @param name with those of the commands it belongs to
 * @param header what it does, in a sentence
 * @param synopsis how it is called
 * @param description more of it
 * @param parameters what stands behind the options
 * @param options its own, without those that every command has
 * @param commands its subcommands
 * @param sections what stands at its end
 */
record CommandPage(
    String name,
    String header,
    String synopsis,
    List<String> description,
    List<Entry> parameters,
    List<Entry> options,
    List<Entry> commands,
    List<FooterSection> sections) {
  /** A word of the command line and its meaning. */
  record Entry(String label, String meaning) {}

  /** The command and all below it that are shown. */
  static List<CommandPage> all(CommandLine command) {
    List<CommandPage> pages = new ArrayList<>();
    pages.add(of(command));
    shown(command).forEach(subcommand -> pages.addAll(all(subcommand)));
    return pages;
  }

  private static CommandPage of(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
    return new CommandPage(
        spec.qualifiedName(),
        String.join(" ", lines(usage.header())),
        help.abbreviatedSynopsis().strip(),
        lines(usage.description()),
        spec.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(parameter -> new Entry(label(help, parameter), meaning(parameter)))
            .toList(),
        spec.options().stream()
            .filter(option -> !option.hidden() && isOwn(spec, option))
            .map(option -> new Entry(names(help, option), meaning(option)))
            .toList(),
        shown(command).map(CommandPage::entry).toList(),
        FooterSection.all(String.format(usage.footerHeading()), lines(usage.footer())));
  }

  private static Stream<CommandLine> shown(CommandLine command) {
    return command.getSubcommands().values().stream()
        .distinct()
        .filter(subcommand -> !subcommand.getCommandSpec().usageMessage().hidden());
  }

  private static Entry entry(CommandLine subcommand) {
    CommandSpec spec = subcommand.getCommandSpec();
    return new Entry(spec.qualifiedName(), String.join(" ", lines(spec.usageMessage().header())));
  }

  private static boolean isOwn(CommandSpec spec, OptionSpec option) {
    boolean standard = option.usageHelp() || option.versionHelp();
    return spec.parent() == null || !(standard || option.inherited());
  }

  private static String names(Help help, OptionSpec option) {
    return String.join(", ", option.names()) + label(help, option);
  }

  private static String label(Help help, ArgSpec argument) {
    return help.parameterLabelRenderer()
        .renderParameterLabel(argument, Help.Ansi.OFF, List.of())
        .toString();
  }

  private static String meaning(ArgSpec argument) {
    return String.join(" ", argument.description()).replace("%n", " ").strip(); // Formatted.
  }

  private static List<String> lines(String... texts) {
    return Arrays.stream(texts).flatMap(text -> String.format(text).lines()).toList();
  }
}
